package org.scaleinv.engine.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.scaleinv.bindings.ScaleinvHomology;
import org.scaleinv.engine.Diagram;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Rips;

/** Copies what the native engine has found. */
final class HomologyReader {
  private final MemorySegment homology;
  private final Arena arena;

  private HomologyReader(MemorySegment homology, Arena arena) {
    this.homology = homology;
    this.arena = arena;
  }

  /** The homology at that address, which is given back. */
  static PersistentHomology read(MemorySegment homology, Rips rips) {
    try (Arena arena = Arena.ofConfined()) {
      var reader = new HomologyReader(homology, arena);
      List<Diagram> diagrams = new ArrayList<>();
      for (int dimension = 0; dimension <= rips.dimension(); dimension++) {
        diagrams.add(reader.diagram(dimension, rips.representatives()));
      }
      return new PersistentHomology(
          List.copyOf(diagrams),
          ScaleinvHomology.scaleinv_homology_threshold(homology),
          reader.figure(ScaleinvHomology.SCALEINV_HOMOLOGY_FIGURE_EDGES()),
          reader.figure(ScaleinvHomology.SCALEINV_HOMOLOGY_FIGURE_COLLAPSED()),
          reader.figure(ScaleinvHomology.SCALEINV_HOMOLOGY_FIGURE_COLUMNS()),
          reader.figure(ScaleinvHomology.SCALEINV_HOMOLOGY_FIGURE_ADDITIONS()),
          reader.figure(ScaleinvHomology.SCALEINV_HOMOLOGY_FIGURE_PEAK_BYTES()));
    } finally {
      ScaleinvHomology.scaleinv_homology_release(homology);
    }
  }

  private long figure(int which) {
    return ScaleinvHomology.scaleinv_homology_figure(homology, which);
  }

  private Diagram diagram(int dimension, boolean representatives) {
    int count = Math.toIntExact(ScaleinvHomology.scaleinv_homology_pairs(homology, dimension));
    MemorySegment pairs = arena.allocate(ValueLayout.JAVA_FLOAT, 2L * count);
    check(ScaleinvHomology.scaleinv_homology_diagram(homology, dimension, pairs), dimension);
    // at once: until it is compiled, each access to a segment takes a microsecond
    float[] values = pairs.toArray(ValueLayout.JAVA_FLOAT);
    float[] births = new float[count];
    float[] deaths = new float[count];
    for (int i = 0; i < count; i++) {
      births[i] = values[2 * i];
      deaths[i] = values[2 * i + 1];
    }
    return new Diagram(dimension, births, deaths, representatives ? representatives(dimension, count) : null);
  }

  private Diagram.Representatives representatives(int dimension, int count) {
    MemorySegment births = integers((dimension + 1L) * count);
    MemorySegment deaths = integers((dimension + 2L) * count);
    check(ScaleinvHomology.scaleinv_homology_simplices(homology, dimension, births, deaths), dimension);
    MemorySegment offsets = arena.allocate(ValueLayout.JAVA_LONG, count + 1L);
    check(ScaleinvHomology.scaleinv_homology_cocycle_offsets(homology, dimension, offsets), dimension);
    long entries = offsets.getAtIndex(ValueLayout.JAVA_LONG, count);
    MemorySegment simplices = integers((dimension + 1L) * entries);
    MemorySegment coefficients = integers(entries);
    check(ScaleinvHomology.scaleinv_homology_cocycles(homology, dimension, simplices, coefficients), dimension);
    return new Diagram.Representatives(
        births.toArray(ValueLayout.JAVA_INT),
        deaths.toArray(ValueLayout.JAVA_INT),
        offsets.toArray(ValueLayout.JAVA_LONG),
        simplices.toArray(ValueLayout.JAVA_INT),
        coefficients.toArray(ValueLayout.JAVA_INT));
  }

  private MemorySegment integers(long count) {
    return arena.allocate(ValueLayout.JAVA_INT, count);
  }

  private static void check(int status, int dimension) {
    Native.check(status, () -> "diagram of dimension " + dimension);
  }
}
