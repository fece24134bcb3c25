package org.scaleinv.statistics.persistence;

import java.util.Arrays;
import org.scaleinv.statistics.Estimate;

/**
 * What the lengths ℓ = death − birth of the bars that end say together.
 *
 * <p>Persistent entropy is −Σ p ln p with p = ℓ/Σℓ (Chintakunta et al., Pattern Recognit. 48, 2015; Atienza et al.,
 * Pattern Recognit. 107, 2020), in nats: from 0 for one bar to ln(bars) for equal ones. Its exponential is how many bars
 * of equal length would have as much.
 *
 * @param bars that end
 * @param essential bars, which take no part
 * @param total sum of the lengths: total persistence of degree 1
 * @param longest maximal persistence
 * @param entropy in nats
 */
public record BarLengths(int bars, int essential, double total, double longest, double entropy) {

  /** Not applicable where no bar ends. */
  public static Estimate<BarLengths> of(Barcode barcode) {
    double[] lengths = barcode.lengths().toArray();
    if (lengths.length == 0) {
      return Estimate.notApplicable("no class is born and dies");
    }
    double longest = Arrays.stream(lengths).max().orElseThrow();
    double total = Arrays.stream(lengths).sum();
    double entropy = -Arrays.stream(lengths).map(length -> length / total).map(p -> p * Math.log(p)).sum();
    return Estimate.of(new BarLengths(lengths.length, barcode.essential(), total, longest, Math.max(0, entropy)));
  }

  /** Entropy over its largest value for as many bars, ln(bars); 1 for a single bar, which is as even as can be. */
  public double evenness() {
    return bars == 1 ? 1 : entropy / Math.log(bars);
  }
}
