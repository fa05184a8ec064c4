// Not a command: its function is for a host to call.
__attribute__((export_name("answer"))) int answer(void) { return 42; }
