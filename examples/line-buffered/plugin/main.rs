// The plugin says that it is ready, and asks for a name.
use std::io;

fn main() -> io::Result<()> {
    // #region key
    println!("ready"); // a whole line: sent
    print!("Name: "); // no newline: kept back, on a terminal too
    // #endregion key
    let mut name = String::new();
    io::stdin().read_line(&mut name)?;
    println!("Hello, {}!", name.trim_end());
    Ok(())
}
