package org.scaleinv.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import org.scaleinv.invariant.Array;
import org.scaleinv.report.ArraysFile;

/** A process that writes one profile over another, for ever, until it is killed. Says so when the first is written. */
final class EndlessWriter {
  private EndlessWriter() {}

  public static void main(String[] args) {
    ProfileFolder folder = new ProfileFolder(Path.of(args[0]), Progress.NONE);
    for (int round = 0;; round++) {
      TreeMap<String, Array> arrays = new TreeMap<>();
      double[] values = new double[1 << 14];
      Arrays.fill(values, round);
      arrays.put("spectrum/w", Array.of(values));
      folder.write(new Measured(Profiles.profile(ArraysFile.digest(arrays), Profiles.rows(200, round)), arrays));
      if (round == 0) {
        System.out.println("written");
      }
    }
  }
}
