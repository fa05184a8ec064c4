//! A plugin whose function the host calls, for tests: no example has one in Rust.

use std::io::{self, Read, Write};

#[no_mangle]
pub extern "C" fn handle() {
    let mut name = String::new();
    let _ = io::stdin().read_to_string(&mut name);
    let answer = match name.as_str() {
        "" => "nothing but EOF\n".to_string(),
        name => format!("Hello, {name}!\n"),
    };
    let _ = io::stdout().write_all(answer.as_bytes());
}
