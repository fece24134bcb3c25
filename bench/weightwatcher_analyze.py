"""Times WeightWatcher's analyze() on the weight matrices of a GPT-2 safetensors file: prints the seconds, how many
matrices it analysed, of how many, and its version.

usage: weightwatcher_analyze.py MODEL.safetensors THREADS

The matrices are those that scaleinv measures (the fused query-key-value tensor split in three), each as one Linear layer,
loaded before the clock starts. It leaves out the token embedding (its default limit is 50,000 rows), and heads' circuits
are not part of it: its work is the smaller one.
"""
import contextlib
import logging
import os
import sys
import time
import warnings

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = sys.argv[2]
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
with contextlib.redirect_stdout(sys.stderr):
    import torch
    import weightwatcher
    from safetensors.torch import load_file

torch.set_num_threads(int(sys.argv[2]))


def matrices(path):
    for name, tensor in load_file(path).items():
        if tensor.ndim == 2:
            parts = tensor.chunk(3, dim=1) if "c_attn" in name else [tensor]
            yield from (part.contiguous() for part in parts)


layers = []
for weight in matrices(sys.argv[1]):
    layer = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    layer.weight.data = weight
    layers.append(layer)
model = torch.nn.Sequential(*layers)

with contextlib.redirect_stdout(sys.stderr):
    begin = time.perf_counter()
    details = weightwatcher.WeightWatcher(model=model).analyze()
    seconds = time.perf_counter() - begin
print(f"{seconds:.3f} {len(details)} {len(layers)} {weightwatcher.__version__}")
