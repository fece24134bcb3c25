package org.scaleinv.invariant;

/**
 * What a test of conservation must know of an invariant.
 *
 * @param id "family.name"
 * @param positive whether it can be compared by the logarithm of a ratio; otherwise by its difference over {@code unit}
 * @param unit the difference that counts as a change of 100 % for an invariant that may be zero or negative; 1 for a
 *     positive one
 * @param primary false for a function of other invariants, which must not be counted a second time
 * @param pooledBy key of the detail by whose number parts are weighed in a mean; null where all count the same
 */
public record InvariantInfo(String id, boolean positive, double unit, boolean primary, String pooledBy) {

  public static InvariantInfo positive(String id) {
    return new InvariantInfo(id, true, 1, true, null);
  }

  /** An invariant that may be zero or negative. */
  public static InvariantInfo signed(String id, double unit) {
    return new InvariantInfo(id, false, unit, true, null);
  }

  /** The same invariant, marked as a function of others. */
  public InvariantInfo secondary() {
    return new InvariantInfo(id, positive, unit, false, pooledBy);
  }

  /** The same invariant, its parts weighed by a number of their detail. */
  public InvariantInfo pooledBy(String key) {
    return new InvariantInfo(id, positive, unit, primary, key);
  }
}
