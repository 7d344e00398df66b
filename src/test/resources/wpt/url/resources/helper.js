function helper() { return 'help'; }
