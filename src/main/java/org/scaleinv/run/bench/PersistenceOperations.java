package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Diagram;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Rips;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;

/** Persistent homology of distances, up to the enclosing radius, of points whose diagrams are known beforehand. */
public final class PersistenceOperations {
  private static final long SEED = 20251122;

  private PersistenceOperations() {}

  /** Dimensions 0 … dimension, at least 1, of side² points on a torus. */
  public static Operation dense(int side, int dimension) {
    double n = (double) side * side;
    return new Operation(
        "homology.dimension-" + dimension, side * side + " points", Sharing.ALL_THREADS,
        Cost.ofMoving(Float.BYTES * n * n,
            "the distances are read once; what a reduction takes is not known beforehand"),
        (engine, threads) -> new Dense(engine, side, dimension, threads));
  }

  private static final class Dense extends Trial {
    private final Torus torus;
    private final int dimension;
    private final int threads;
    private final Buffer distances;
    private PersistentHomology found;

    Dense(Engine engine, int side, int dimension, int threads) {
      super(engine);
      this.dimension = dimension;
      this.threads = threads;
      torus = new Torus(side, SEED);
      distances =
          keep(
              engine.upload(MemorySegment.ofArray(torus.distances()), DType.F32, torus.points(), torus.points()));
    }

    @Override
    void work() {
      found =
          engine().persistence().dense(distances, Rips.upTo(dimension), threads, Persistence.Progress.NONE);
    }

    /** Lengths are compared and never computed with: every number is one of the input's. */
    @Override
    public void check() {
      for (int k = 0; k <= 1; k++) {
        String diagram = "diagram " + k + " of " + torus.points() + " points";
        List<Torus.Bar> known = torus.bars(k);
        Diagram bars = found.diagram(k);
        if (bars.size() != known.size()) {
          throw wrong(diagram, "number of pairs", known.size(), bars.size());
        }
        for (int i = 0; i < bars.size(); i++) {
          var bar = new Torus.Bar(bars.births()[i], bars.deaths()[i]);
          if (!bar.equals(known.get(i))) {
            throw wrong(diagram, "pair " + i, known.get(i), bar);
          }
        }
      }
    }
  }
}
