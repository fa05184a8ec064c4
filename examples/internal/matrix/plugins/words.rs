// The plugin reads from stdin, or writes to stdout, again and again. After each
// it says on stderr what Rust's standard library says about it.
use std::io::{self, Read, Write};

fn main() {
    let mut args = std::env::args().skip(1);
    let reads = args.next().expect("read or write") == "read";
    let count: usize = args.next().expect("a count").parse().expect("a number");
    for _ in 0..count {
        let result = if reads {
            io::stdin().read(&mut [0; 100])
        } else {
            io::stdout().write(b"a line\n")
        };
        match result {
            Ok(0) => eprintln!("Ok(0)"),
            Ok(_) => eprintln!("bytes"),
            Err(error) => eprintln!("{} ({:?})", error, error.kind()),
        }
        // What could not be written is still in a buffer; now there is room.
        let _ = io::stdout().flush();
    }
}
