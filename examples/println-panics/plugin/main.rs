// The plugin writes lines, and does not expect that it can't.
fn main() {
    for n in 1.. {
        // #region key
        println!("line {}", n);
        // #endregion key
    }
}
