"""One plugin on wasmtime, by its Python API.

python3 wasmtime-host.py compile plugin.wasm plugin.cwasm
python3 wasmtime-host.py run plugin.cwasm NAME STDIN

STDIN is "unset", "inherit", or the path of a file or a FIFO. See
scripts/compare-hosts.ts.
"""

import sys

import wasmtime


def compile_plugin(source: str, target: str) -> None:
    module = wasmtime.Module.from_file(wasmtime.Engine(), source)
    with open(target, "wb") as file:
        file.write(module.serialize())


def run(plugin: str, name: str, stdin: str) -> int:
    engine = wasmtime.Engine()
    module = wasmtime.Module.deserialize_file(engine, plugin)
    # #region key
    wasi = wasmtime.WasiConfig()
    wasi.argv = [name]
    if stdin == "inherit":
        wasi.inherit_stdin()
    elif stdin != "unset":
        wasi.stdin_file = stdin
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    # #endregion key
    store = wasmtime.Store(engine)
    store.set_wasi(wasi)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    instance = linker.instantiate(store, module)
    try:
        instance.exports(store)["_start"](store)
    except wasmtime.ExitTrap as trap:
        return trap.code
    return 0


if sys.argv[1] == "compile":
    compile_plugin(*sys.argv[2:])
else:
    sys.exit(run(*sys.argv[2:]))
