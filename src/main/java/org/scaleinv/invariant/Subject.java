package org.scaleinv.invariant;

/**
 * What a measurement is of.
 *
 * @param name the tensor or window of it, the head's circuit, the cloud, the role, or the model
 * @param role "model" for the whole model
 * @param layer null where it belongs to none
 * @param head null where it is no head's
 */
public record Subject(Scope scope, String name, String role, Integer layer, Integer head) {
  static final String MODEL = "model";

  public static Subject role(String role) {
    return new Subject(Scope.ROLE, role, role, null, null);
  }

  public static Subject model() {
    return new Subject(Scope.MODEL, MODEL, MODEL, null, null);
  }
}
