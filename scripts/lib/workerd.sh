# Sourced by the scripts that run workerd, the reference implementation: sets `workerd` to its executable, which npm fetches when it is not there.
workerd_version=1.20261117.1
workerd_date=2026-11-17 # the newest compatibility date of this version

need_workerd() {
    local folder=$root/target/bench/workerd-$workerd_version
    if [ ! -x "$folder/node_modules/.bin/workerd" ]; then
        need npm npm
        say "${0##*/}: fetching workerd $workerd_version"
        npm install --silent --no-save --no-audit --no-fund --prefix "$folder" "workerd@$workerd_version" || fail "npm could not install workerd $workerd_version"
    fi
    # npm's command is a wrapper; the executable itself is what runs.
    workerd=$(echo "$folder"/node_modules/@cloudflare/workerd-*/bin/workerd)
}
