// The plugin answers each line with a greeting, and leaves at EOF.
use std::io;

fn main() -> io::Result<()> {
    let mut name = String::new();
    // #region key
    while io::stdin().read_line(&mut name)? > 0 { // Ok(0) is EOF
        println!("Hello, {}!", name.trim_end());
        name.clear();
    }
    // #endregion key
    Ok(())
}
