// Wants a function that no WASI host has.
__attribute__((import_module("env"), import_name("launch"))) int launch(int count);

int main(void) { return launch(3); }
