package org.scaleinv.statistics.persistence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.scaleinv.statistics.Estimate;

/**
 * The persistence landscape of a barcode (Bubenik, J. Mach. Learn. Res. 16, 2015): λ_k(t) is the k-th largest of
 * max(0, min(t − birth, death − t)) over the bars, k = 1, 2, …. Every λ_k is piecewise linear, and is kept by its
 * corners: nothing is sampled. Essential bars, whose λ would have no norm, take no part.
 *
 * @param layers λ_1, λ_2, … as far as they were asked for; further ones are zero or were not asked for
 */
public record Landscape(List<PiecewiseLinear> layers) {

  /**
   * The first layers: O(bars · layers) after sorting. Each layer walks along the bars in the order of their births; what
   * a higher bar covers of a lower one is left to the next layer (the idea of Bubenik and Dłotko, J. Symb. Comput. 78,
   * 2017).
   *
   * @param most how many layers at most
   */
  public static Landscape of(Barcode barcode, int most) {
    Barcode finite = barcode.finite();
    List<Tent> left = new ArrayList<>(
        IntStream.range(0, finite.size()).mapToObj(i -> new Tent(finite.birth(i), finite.death(i))).toList());
    left.sort(Tent.ORDER);
    List<PiecewiseLinear> layers = new ArrayList<>();
    while (!left.isEmpty() && layers.size() < most) {
      PiecewiseLinear layer = new PiecewiseLinear();
      left = envelope(left, layer);
      layers.add(layer);
    }
    return new Landscape(List.copyOf(layers));
  }

  /** Adds the upper envelope of the tents to the layer; what remains of them below it, in order. */
  private static List<Tent> envelope(List<Tent> tents, PiecewiseLinear layer) {
    List<Tent> below = new ArrayList<>(tents.size());
    Tent top = tents.getFirst();
    layer.add(top.birth, 0);
    layer.add(top.middle(), top.height());
    for (Tent next : tents.subList(1, tents.size())) {
      if (next.death <= top.death) {
        below.add(next);
        continue;
      }
      if (next.birth < top.death) {
        // both run through this corner; the lower tent between them is what the next layer sees
        Tent shared = new Tent(next.birth, top.death);
        layer.add(shared.middle(), shared.height());
        below.add(shared);
      } else {
        layer.add(top.death, 0);
        layer.add(next.birth, 0);
      }
      layer.add(next.middle(), next.height());
      top = next;
    }
    layer.add(top.death, 0);
    below.sort(Tent.ORDER);
    return below;
  }

  /** λ_k, k from 1; zero beyond the layers. */
  public PiecewiseLinear layer(int k) {
    return k <= layers.size() ? layers.get(k - 1) : new PiecewiseLinear();
  }

  /**
   * (Σ_k ∫ λ_k^p)^(1/p) over all layers, p ≥ 1. At each t the layers are the tents in another order, so that it is
   * (Σ 2·(ℓ/2)^(p+1)/(p + 1))^(1/p) over the lengths ℓ of the bars; not applicable where no bar ends.
   */
  public static Estimate<Double> norm(Barcode barcode, double p) {
    double[] halves = barcode.lengths().map(length -> length / 2).toArray();
    if (halves.length == 0) {
      return Estimate.notApplicable("no class is born and dies");
    }
    double sum = 0;
    for (double half : halves) {
      sum += 2 * Math.pow(half, p + 1) / (p + 1);
    }
    return Estimate.of(Math.pow(sum, 1 / p));
  }

  /** The function of one bar. */
  private record Tent(double birth, double death) {
    /** Of two that begin together the wider one covers the other. */
    static final Comparator<Tent> ORDER =
        Comparator.comparingDouble(Tent::birth).thenComparing(Comparator.comparingDouble(Tent::death).reversed());

    double middle() {
      return birth + height();
    }

    double height() {
      return (death - birth) / 2;
    }
  }
}
