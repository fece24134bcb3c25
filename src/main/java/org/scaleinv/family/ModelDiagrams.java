package org.scaleinv.family;

import java.util.SortedMap;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.topology.DiagramArrays;
import org.scaleinv.invariant.topology.DiagramArrays.CloudDiagrams;

/**
 * A profile with the persistence diagrams of its model.
 *
 * @param clouds by subject; empty where no topology was measured
 */
public record ModelDiagrams(Profile profile, SortedMap<String, CloudDiagrams> clouds) {

  /** @throws org.scaleinv.error.BadInput as {@link DiagramArrays#read} does */
  public static ModelDiagrams of(Profile profile, SortedMap<String, Array> arrays) {
    return new ModelDiagrams(profile, DiagramArrays.read(arrays));
  }

  public ModelDiagrams named(String name) {
    return new ModelDiagrams(profile.named(name), clouds);
  }
}
