package org.scaleinv.model.clouds;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.model.WeightMatrix;

/**
 * Embeddings of tokens that occur in training.
 *
 * @param table (vocabulary, width)
 * @param tokens that occur, ascending; null where the table itself has to show which do: see {@link UntrainedRows}
 */
public record TokenCloud(WeightMatrix table, List<Integer> tokens) implements Cloud {
  /** Rows among which the untrained are looked for: a share of 1 % of them is still a clump of 20. */
  public static final int EXAMINED = 2048;

  @Override
  public String subject() {
    return table.subject();
  }

  @Override
  public String role() {
    return table.role();
  }

  @Override
  public Integer layer() {
    return table.layer();
  }

  @Override
  public long size() {
    return tokens == null ? table.matrix().rows() : tokens.size();
  }

  @Override
  public long coordinates() {
    return table.matrix().columns();
  }

  /** The distances that show which rows are untrained. */
  @Override
  public double flops() {
    return tokens == null ? 2.0 * examined() * examined() * coordinates() : 0;
  }

  @Override
  public long bytes() {
    return tokens == null ? 2 * examined() * (examined() * Float.BYTES + coordinates() * Double.BYTES) : 0;
  }

  private long examined() {
    return Math.min(EXAMINED, table.matrix().rows());
  }

  @Override
  public Sample sample(Engine engine, int most, long seed, int threads) {
    return tokens == null ? trained(engine, most, seed, threads) : given(engine, most, seed);
  }

  private Sample given(Engine engine, int most, long seed) {
    tokens.forEach(this::requireToken);
    int[] order = Orders.draw(Math.min(most, tokens.size()), tokens.size(), seed, "tokens given", tokens.size());
    int[] chosen = Arrays.stream(order).map(tokens::get).toArray();
    SortedMap<String, Object> facts = new TreeMap<>();
    facts.put("tokens_given", tokens.size());
    return new Sample(PointReader.read(engine, table.matrix(), false, chosen), chosen, facts);
  }

  private void requireToken(int token) {
    if (token < 0 || token >= table.matrix().rows()) {
      throw new BadInput(
          "no-such-token",
          Escape.visible(table.matrix().tensor().origin()) + ": tensor " + Escape.quoted(table.matrix().tensor().name())
              + " has " + table.matrix().rows() + " rows, expected one for token " + token);
    }
  }

  private Sample trained(Engine engine, int most, long seed, int threads) {
    int vocabulary = Math.toIntExact(table.matrix().rows());
    int[] examined = Orders.draw(Math.min(EXAMINED, vocabulary), vocabulary, seed, "tokens", vocabulary);
    PointCloud rows = PointReader.read(engine, table.matrix(), false, examined);
    UntrainedRows untrained = UntrainedRows.of(rows, distances(engine, rows, threads));
    int[] kept =
        IntStream.range(0, examined.length).filter(i -> !untrained.members().get(i)).limit(most).toArray();
    int[] chosen = Arrays.stream(kept).map(i -> examined[i]).toArray();
    SortedMap<String, Object> facts = new TreeMap<>();
    facts.put("tokens_examined", examined.length);
    facts.put("tokens_untrained", untrained.members().cardinality());
    if (untrained.clumped() > 0) {
      facts.put("untrained_radius", untrained.radius());
      facts.put("untrained_apart", untrained.apart());
    }
    return new Sample(rows.of(kept), chosen, facts);
  }

  private static float[] distances(Engine engine, PointCloud rows, int threads) {
    try (Arena arena = Arena.ofConfined();
        Buffer points = rows.upload(engine);
        Buffer all = engine.distances().all(points, Metric.EUCLIDEAN, threads)) {
      MemorySegment host = arena.allocate(ValueLayout.JAVA_FLOAT, all.rows() * all.columns());
      engine.download(all, host);
      return host.toArray(ValueLayout.JAVA_FLOAT);
    }
  }
}
