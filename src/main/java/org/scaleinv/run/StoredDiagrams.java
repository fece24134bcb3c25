package org.scaleinv.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;
import org.scaleinv.family.Profile;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.topology.DiagramArrays;
import org.scaleinv.report.ArraysFile;

/** The persistence diagrams in the arrays.safetensors that lies beside a profile.json. */
final class StoredDiagrams {
  private StoredDiagrams() {}

  /**
   * Empty for a profile without topology, and where no such file lies there.
   *
   * @throws BadInput when it is not the file that the profile was written with, or cannot be read
   */
  static SortedMap<String, Array> beside(Path profileFile, Profile profile) {
    Path file = profileFile.resolveSibling(ArraysFile.NAME);
    if (!profile.settings().families().contains("topology") || !Files.exists(file)) {
      return new TreeMap<>();
    }
    String name = Escape.visible(file.toString());
    try {
      String digest = ArraysFile.digest(file);
      if (!digest.equals(profile.arraysDigest())) {
        throw new BadInput(
            "arrays-digest",
            name + ": expected the file that profile.json was written with, SHA-256 "
                + Escape.visible(profile.arraysDigest()) + ", found " + digest);
      }
    } catch (IOException failure) {
      throw new BadInput("arrays-unreadable", name + ": cannot be read: " + Reason.of(failure), failure);
    }
    return ArraysFile.read(file, DiagramArrays::isDiagram);
  }
}
