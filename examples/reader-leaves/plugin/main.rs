// The plugin writes lines until it can't.
use std::io::{self, Write};

fn main() {
    for n in 1.. {
        // #region key
        if let Err(error) = writeln!(io::stdout(), "line {}", n) {
            let number = error.raw_os_error().unwrap_or(0);
            eprintln!("plugin: write: error {}", number);
            std::process::exit(1);
        }
        // #endregion key
    }
}
