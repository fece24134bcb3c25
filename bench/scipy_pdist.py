"""Times scipy.spatial.distance.pdist on the points that AllDistances has written, and compares the first rows.

usage: scipy_pdist.py FOLDER POINTS COORDINATES        prints: seconds, version
"""

import sys
import time

import numpy
import scipy
from scipy.spatial.distance import pdist

folder, n, d = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
points = numpy.fromfile(f"{folder}/points.f32", dtype="<f4").reshape(n, d)
begin = time.perf_counter()
theirs = pdist(points)
seconds = time.perf_counter() - begin

rows = numpy.fromfile(f"{folder}/distances.f32", dtype="<f4").reshape(-1, n)
start = 0
for i, row in enumerate(rows):
    pairs = n - 1 - i
    expected = theirs[start : start + pairs]
    # independent normal coordinates: no pair is near, so d² errs by 2·γ(d + 4) of 2·d or so, and its root by half of that
    if not numpy.all(numpy.abs(row[i + 1 :] - expected) <= 4 * (d + 4) * 2.0**-24 * expected):
        sys.exit(f"row {i} differs from SciPy's")
    start += pairs
print(f"{seconds:.3f} {scipy.__version__}")
