// The plugin asks for names, greets each, and says when it meets EOF.
use std::io::{self, Write};

fn main() -> io::Result<()> {
    let mut line = String::new();
    loop {
        print!("Name: ");
        io::stdout().flush()?; // without a newline, print! keeps it back
        line.clear();
        // #region key
        io::stdin().read_line(&mut line)?;
        let ended = !line.ends_with('\n'); // "" too: Ok(0) is EOF
        // #endregion key
        if ended {
            println!(); // nobody pressed Enter after the prompt
        }
        let name = line.trim_end_matches(&['\r', '\n'][..]);
        if !name.is_empty() {
            println!("Hello, {}!", name);
        }
        if ended {
            println!("EOF: no more names.");
            return Ok(());
        }
    }
}
