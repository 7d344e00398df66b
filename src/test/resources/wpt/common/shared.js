const SHARED = 'constant'; function shared(n) { return n + 1; }
