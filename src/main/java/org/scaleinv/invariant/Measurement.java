package org.scaleinv.invariant;

import java.util.SortedMap;

/**
 * One number measured on one part of a model.
 *
 * @param invariant id, "family.name"
 * @param subject the tensor or window of it, the head's circuit, the role, or the model
 * @param role role of the subject, "model" for the whole model
 * @param layer null where the subject belongs to none
 * @param head null where the subject is no head
 * @param value null where the invariant is not applicable; the reason then stands in detail as "not_applicable"
 * @param error standard error, null where none is known
 * @param nullValue the mean value under the null model of the same shape; null without one
 * @param nullRatio value / nullValue; null where that means nothing
 * @param detail further values: String, Number, Boolean, or lists and maps of them
 */
public record Measurement(
    String invariant,
    Scope scope,
    String subject,
    String role,
    Integer layer,
    Integer head,
    Double value,
    Double error,
    Double nullValue,
    Double nullRatio,
    SortedMap<String, Object> detail) {

  public boolean applicable() {
    return value != null;
  }
}
