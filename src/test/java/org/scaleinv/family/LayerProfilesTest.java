package org.scaleinv.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.scaleinv.family.Comparison.LayerProfile;
import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Scope;

class LayerProfilesTest {

  @Test
  void coursesThatDependOnRelativeDepthAloneCoincideWhateverTheNumberOfLayers() {
    for (double slope : new double[] {0.7, -2}) {
      // linear in depth, so that interpolation is exact; levels differ by model and drop out
      var profile =
          compare(
              layered("small", 1_000, 2, t -> Math.exp(slope * t)),
              layered("middle", 4_000, 3, t -> 5 * Math.exp(slope * t)),
              layered("large", 16_000, 8, t -> 3 * Math.exp(slope * t)));
      assertEquals(List.of(0.25, 0.75), profile.depths());
      assertEquals(0, profile.distanceBetweenScales(), 1e-14);
      for (List<Double> shape : profile.shapes()) {
        assertEquals(-slope / 4, shape.get(0), 1e-14);
        assertEquals(slope / 4, shape.get(1), 1e-14);
      }
      assertNull(profile.distanceBetweenSeeds());
    }
  }

  @Test
  void distancesAreThoseOfSeedsAndOfScalesApart() {
    // centred shapes on two layers ±a/4 with a = 0, 0.4, 1: differences 0.1 within the scale; 0.25 and 0.15 across
    var profile =
        compare(
            layered("seed 0", 1_000, 2, t -> 1),
            layered("seed 1", 1_000, 2, t -> Math.exp(0.4 * t)),
            layered("large", 4_000, 4, t -> Math.exp(t)));
    assertEquals(0.1, profile.distanceBetweenSeeds(), 1e-14);
    assertEquals(Math.sqrt((0.25 * 0.25 + 0.15 * 0.15) / 2), profile.distanceBetweenScales(), 1e-14);
  }

  @Test
  void whatSomeModelHasInOneLayerOnlyIsLeftOut() {
    var small = layered("small", 1_000, 1, t -> 1);
    var large = layered("large", 4_000, 4, t -> Math.exp(t));
    assertTrue(Conservation.compare(List.of(small, large), 0.1, 0.05).layerProfiles().isEmpty());
  }

  private static LayerProfile compare(Profile... profiles) {
    return Conservation.compare(List.of(profiles), 0.1, 0.05).layerProfiles().getFirst();
  }

  /** Two matrices a layer, whose values have the course as their geometric mean. */
  private static Profile layered(String name, long n, int layers, DoubleUnaryOperator course) {
    List<Measurement> parts = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      double value = course.applyAsDouble((layer + 0.5) / layers);
      parts.add(part(name, layer, value * 2));
      parts.add(part(name, layer, value / 2));
    }
    ModelSummary model = new ModelSummary(name, name, "gpt2", 2 * n, n, null, layers, null, "n" + n, name);
    return Families.profile(model, Families.SETTINGS, parts.toArray(Measurement[]::new));
  }

  private static Measurement part(String name, int layer, double value) {
    return new Measurement(
        "spectral.gap", Scope.TENSOR, name + layer, "mlp.in", layer, null, value, null, null, null, new TreeMap<>());
  }
}
