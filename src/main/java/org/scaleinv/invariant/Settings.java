package org.scaleinv.invariant;

import java.util.List;
import java.util.regex.Pattern;
import org.scaleinv.engine.Solver;

/**
 * Everything that a measurement depends on besides the model: two runs with equal settings on equal bytes give equal
 * measurements.
 *
 * @param families ids of the invariant families to measure
 * @param select only parts whose subject the pattern finds; null for all
 * @param nullModel what values are read against
 * @param nullDraws how many draws of the null model a shape (or part) gets
 * @param seed of all random numbers
 * @param solver how singular values are found
 * @param clouds what point clouds are; null where no family that measures them is asked for
 */
public record Settings(
    List<String> families,
    Pattern select,
    NullModel nullModel,
    int nullDraws,
    long seed,
    Solver solver,
    CloudSettings clouds) {

  /** Settings of families that measure no clouds. */
  public Settings(
      List<String> families, Pattern select, NullModel nullModel, int nullDraws, long seed, Solver solver) {
    this(families, select, nullModel, nullDraws, seed, solver, null);
  }

  public Settings with(CloudSettings other) {
    return new Settings(families, select, nullModel, nullDraws, seed, solver, other);
  }
}
