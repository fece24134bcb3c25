package org.scaleinv.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;
import org.scaleinv.error.UsageError;

/** Folders for results. */
public final class Outputs {
  private Outputs() {}

  /**
   * Makes a folder ready to take results: it exists, can be written, and holds no temporary file of a dead run.
   *
   * @throws UsageError when it cannot be made or written
   */
  public static void prepare(Path folder) {
    if (folder.toString().isEmpty()) {
      throw new UsageError("expected a folder for results, found an empty name; the one you are in is \".\"");
    }
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new UsageError(visible(folder) + " is a file, not a folder for results");
    } catch (IOException e) {
      throw new UsageError("cannot make the folder " + visible(folder) + " for results: " + Reason.of(e));
    }
    if (!Files.isReadable(folder) || !Files.isWritable(folder)) {
      throw new UsageError("the folder " + visible(folder) + " cannot be read and written");
    }
    PendingFile.removeAbandoned(folder);
  }

  /** A folder for each model, called after it. */
  public static List<Path> folders(Path parent, List<String> models) {
    Names names = new Names();
    return models.stream().map(model -> parent.resolve(names.unique(model))).toList();
  }

  /** Removes what this process has not finished; for the end of an interrupted process. */
  public static void abandon() {
    PendingFile.closeAll();
  }

  private static String visible(Path folder) {
    return Escape.visible(folder.toString());
  }

  /** Names for folders that differ from each other, in lower case too. */
  static final class Names {
    private final Set<String> taken = new HashSet<>();

    /** The name, with a number where it is taken already. */
    String unique(String name) {
      boolean leads = name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/");
      String plain = leads ? "model" : name;
      String free = plain;
      for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
        free = plain + "-" + i;
      }
      return free;
    }
  }
}
