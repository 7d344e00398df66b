// META: variant=?one
// META: variant=?two
// META: timeout=long

test(() => { assert_in_array(location.search, ['?one', '?two']); }, 'the variant is the query');
if (location.search === '?two') test(() => {}, 'a test of the second variant');
