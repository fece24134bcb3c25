package org.scaleinv.statistics;

/**
 * Samples that another program can draw, with what it found. The generator is the minimal standard one,
 * s ← 48271·s mod (2³¹ − 1), u = s/(2³¹ − 1), two numbers (u, v) a value.
 *
 * <p>The figures come from a plain NumPy and SciPy program: the fit by its definition, the log-normal and truncated
 * laws by Nelder–Mead from three starts, the normaliser of the latter by adaptive quadrature.
 *
 * @param tail against the tail of the fit
 * @param whole against all values
 */
record IndependentCase(
    String law,
    int count,
    int seed,
    double parameter,
    double alpha,
    double xMin,
    double ks,
    int tailCount,
    Ratios tail,
    Ratios whole) {

  /** Log-likelihood ratios power law/alternative, and Vuong's statistics. */
  record Ratios(
      double exponential, double exponentialVuong, double logNormal, double logNormalVuong, double truncated) {}

  static IndependentCase[] all() {
    return new IndependentCase[] {
      new IndependentCase("pareto", 200, 1, 2.0, 2.0425576344014, 1.0000224784413, 0.0364379678789, 200,
          new Ratios(73.7242692, 4.6509386, -0.4024879, -0.6477474, -1.3204715),
          new Ratios(73.7242692, 4.6509386, -0.4024879, -0.6477474, -1.3204715)),
      new IndependentCase("pareto", 150, 2, 3.5, 3.6193134722980, 1.0122380238675, 0.0472081534021, 147,
          new Ratios(4.8602633, 1.2465189, -0.3954556, -0.5931741, -0.6084779),
          new Ratios(4.5266753, 1.1502653, -0.5234098, -0.6798444, -0.7312844)),
      new IndependentCase("body", 300, 3, 2.5, 2.3814241596048, 1.7562068569270, 0.0351550392895, 179,
          new Ratios(55.2491558, 3.9369852, -0.0048633, -0.0702305, -0.1847314),
          new Ratios(-293.6829817, -11.8587571, -308.4374340, -14.2076663, -297.2676615)),
      new IndependentCase("lognormal", 300, 4, 1.0, 2.3527900113879, 1.2282516327644, 0.0632949203264, 123,
          new Ratios(7.9965993, 1.3326138, -1.9350106, -1.3093228, -2.6663930),
          new Ratios(-115.7361694, -7.8238054, -137.2401842, -11.7039667, -119.6856358)),
      new IndependentCase("lognormal", 250, 5, 0.5, 4.2030014639915, 1.2901053400208, 0.0464723316721, 78,
          new Ratios(-0.2740741, -0.1584571, -0.6406163, -0.7755695, -0.8510459),
          new Ratios(-169.6224761, -39.0532517, -241.2565653, -16.9313593, -236.6900144)),
      new IndependentCase("exponential", 200, 6, 1.0, 3.6043108997791, 1.6421893465702, 0.0461584805719, 109,
          new Ratios(2.3568278, 0.6388501, -0.6370604, -0.6882102, -0.7174835),
          new Ratios(-15.3643775, -2.9138031, -17.5089168, -3.3546519, -15.3734219))
    };
  }

  double[] sample() {
    double[] values = new double[count];
    long state = seed;
    for (int i = 0; i < count; i++) {
      state = state * 48271 % 2147483647;
      double u = state / 2147483647.0;
      state = state * 48271 % 2147483647;
      values[i] = value(u, state / 2147483647.0);
    }
    return values;
  }

  private double value(double u, double v) {
    return switch (law) {
      case "pareto" -> Math.pow(1 - u, -1 / (parameter - 1));
      case "body" -> u < 0.5 ? 2 * v : 2 * Math.pow(1 - v, -1 / (parameter - 1));
      case "lognormal" -> Math.exp(parameter * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v));
      case "exponential" -> 1 - parameter * Math.log(u);
      default -> throw new IllegalStateException(law);
    };
  }

  @Override
  public String toString() {
    return law + " " + parameter + ", " + count + " values, seed " + seed;
  }
}
