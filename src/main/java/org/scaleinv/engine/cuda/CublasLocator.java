package org.scaleinv.engine.cuda;

import java.io.IOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Looks for cuBLAS: in the toolkit that CUDA_HOME or CUDA_PATH names, where the loader looks, in the active conda
 * environment, and in what pip installed beside the active python.
 */
final class CublasLocator {
  private static final String LOADER = "the loader's path";

  private final Map<String, String> environment;
  private final Function<String, Optional<String>> refusal;

  /** @param refusal why a library of that path or name cannot be used; empty when it can */
  CublasLocator(Map<String, String> environment, Function<String, Optional<String>> refusal) {
    this.environment = environment;
    this.refusal = refusal;
  }

  CublasLocator() {
    this(System.getenv(), CublasLocator::load);
  }

  /**
   * What is there.
   *
   * @param library its path, or its bare name where the loader finds it; null when there is none that serves
   * @param major its version, or 0
   * @param looked every place and what was found, a line each
   */
  record Search(String library, int major, List<String> looked) {
    boolean found() {
      return library != null;
    }
  }

  /**
   * The first library that can be used. Version 12 goes first, as JCublas binds it; a library newer than the driver's
   * major version does not run on it, an older one does.
   *
   * @param driverVersion 1000·major + 10·minor
   */
  Search search(int driverVersion) {
    List<String> looked = new ArrayList<>();
    for (int major : new int[] {12, 13, 11}) {
      String file = "libcublas.so." + major;
      if (major > driverVersion / 1000) {
        looked.add(file + ": the driver serves CUDA " + KernelImage.cudaVersion(driverVersion) + " and cannot run it");
        continue;
      }
      for (String library : candidates(file, looked)) {
        Optional<String> refused = refusal.apply(library);
        if (refused.isEmpty()) {
          looked.add(library + ": taken");
          return new Search(library, major, List.copyOf(looked));
        }
        looked.add(library + (library.equals(file) ? " on " + LOADER : "") + ": " + refused.get());
      }
    }
    return new Search(null, 0, List.copyOf(looked));
  }

  private List<String> candidates(String file, List<String> looked) {
    List<String> candidates = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    for (String toolkit : List.of("CUDA_HOME", "CUDA_PATH")) {
      variable(toolkit).ifPresent(home -> folders.add(home.resolve("lib64")));
    }
    addFiles(folders, file, candidates, looked);
    candidates.add(file);
    folders.clear();
    variable("CONDA_PREFIX").ifPresent(conda -> folders.add(conda.resolve("lib")));
    for (String python : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      variable(python).ifPresent(home -> folders.addAll(pipFolders(home)));
    }
    addFiles(folders, file, candidates, looked);
    return candidates;
  }

  private static void addFiles(List<Path> folders, String file, List<String> candidates, List<String> looked) {
    for (Path folder : folders) {
      Path library = folder.resolve(file);
      if (Files.isRegularFile(library)) {
        candidates.add(library.toAbsolutePath().toString());
      } else {
        looked.add(library + ": not there");
      }
    }
  }

  /** pip's wheels for CUDA up to 12 keep cuBLAS in nvidia/cublas, those for CUDA 13 in nvidia/cu13. */
  private static List<Path> pipFolders(Path home) {
    var folders = new TreeSet<Path>();
    Path lib = home.resolve("lib");
    if (!Files.isDirectory(lib)) {
      return List.of();
    }
    try (DirectoryStream<Path> pythons = Files.newDirectoryStream(lib, "python3*")) {
      for (Path python : pythons) {
        for (String wheel : List.of("cublas", "cu13")) {
          folders.add(python.resolve("site-packages").resolve("nvidia").resolve(wheel).resolve("lib"));
        }
      }
    } catch (IOException unreadable) {
      return List.of();
    }
    return List.copyOf(folders);
  }

  private Optional<Path> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty()).map(Path::of);
  }

  /** A library that was loaded stays: it is the one that will be used. */
  static Optional<String> load(String library) {
    try {
      SymbolLookup loaded = PanamaBlas.load(library);
      return PanamaBlas.FUNCTIONS.stream().filter(function -> loaded.find(function).isEmpty()).findFirst()
          .map(function -> "it lacks " + function);
    } catch (IllegalArgumentException refused) {
      return Optional.of("the system does not load it");
    }
  }
}
