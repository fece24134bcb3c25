package org.scaleinv.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.error.UsageError;
import org.scaleinv.family.Profile;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.report.ArraysFile;
import org.scaleinv.report.ProfileFiles;
import org.scaleinv.report.ProfileReader;
import org.scaleinv.tensor.Tensor;

/**
 * The folder that holds a model's profile: profile.json, measurements.csv, arrays.safetensors.
 *
 * <p>profile.json is the last to appear and the first to go, so that a folder which has one has all, whenever the run
 * was killed.
 */
final class ProfileFolder {
  static final String PROFILE = "profile.json";
  static final String MEASUREMENTS = "measurements.csv";

  private final Path folder;
  private final Progress progress;

  ProfileFolder(Path folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** For a person to read. */
  String name() {
    return visible(profile());
  }

  /**
   * Holds the model apart from what is written here.
   *
   * @throws UsageError when arrays.safetensors is a file of the model itself
   */
  void requireNoFileOf(Checkpoint model) {
    Set<String> files = model.tensors().values().stream().map(Tensor::origin).collect(Collectors.toSet());
    try {
      for (String file : files) {
        if (Files.exists(arrays()) && Files.isSameFile(arrays(), Path.of(file))) {
          throw new UsageError(visible(arrays()) + " is the model: results would replace it; take another folder");
        }
      }
    } catch (IOException failure) {
      throw PendingFile.unwritable(arrays(), failure);
    }
  }

  /** The profile that lies there, if it can be read and its arrays are those it was written with. */
  Optional<Profile> stored() {
    if (!Files.exists(profile())) {
      return Optional.empty();
    }
    try {
      Profile found = ProfileReader.read(profile());
      if (Files.exists(arrays()) && ArraysFile.digest(arrays()).equals(found.arraysDigest())) {
        return Optional.of(found);
      }
      progress.note(visible(arrays()) + " is not the file that profile.json was written with: measuring again");
    } catch (BadInput damaged) {
      progress.note(damaged.getMessage() + ": measuring again");
    } catch (IOException failure) {
      progress.note(visible(arrays()) + " cannot be read: measuring again");
    }
    return Optional.empty();
  }

  /** A profile that lies there, with its diagrams. */
  Measured withDiagrams(Profile stored) {
    return new Measured(stored, StoredDiagrams.beside(profile(), stored));
  }

  /** Writes all three files; the profile as given. */
  Profile write(Measured measured) {
    try (PendingFile arrays = PendingFile.of(arrays(), out -> ArraysFile.write(measured.arrays(), out))) {
      Profile profile = measured.profile();
      try (PendingFile csv = PendingFile.of(csv(), out -> ProfileFiles.writeCsv(profile, out));
          PendingFile json = PendingFile.of(profile(), out -> ProfileFiles.writeJson(profile, out))) {
        Files.deleteIfExists(profile());
        arrays.publish();
        csv.publish();
        json.publish();
        return profile;
      }
    } catch (IOException failure) {
      throw PendingFile.unwritable(profile(), failure);
    }
  }

  /** Writes measurements.csv again where someone removed it. */
  void restoreCsv(Profile profile) {
    if (!Files.exists(csv())) {
      try (PendingFile file = PendingFile.of(csv(), out -> ProfileFiles.writeCsv(profile, out))) {
        file.publish();
      }
    }
  }

  private Path profile() {
    return folder.resolve(PROFILE);
  }

  private Path arrays() {
    return folder.resolve(ArraysFile.NAME);
  }

  private Path csv() {
    return folder.resolve(MEASUREMENTS);
  }

  private static String visible(Path path) {
    return Escape.visible(path.toString());
  }
}
