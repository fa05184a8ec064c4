// The plugin reads four lines: as text, and the last one as bytes.
use std::io::{self, BufRead};

fn main() -> io::Result<()> {
    let mut input = io::stdin().lock();
    // #region key
    for _ in 0..3 {
        let mut line = String::new();
        match input.read_line(&mut line) {
            Ok(n) => println!("read_line: {} bytes, {:?}", n, line),
            Err(err) => println!("read_line: {}", err),
        }
    }
    let mut bytes = Vec::new();
    let n = input.read_until(b'\n', &mut bytes)?;
    println!("read_until: {} bytes, {:?}", n, bytes);
    // #endregion key
    Ok(())
}
