package org.scaleinv.engine.cpu;

import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.NativeCache;
import org.scaleinv.error.EngineFailure;

/** Finds the native engine for this machine, unpacks it where need be and loads it, once per process. */
final class NativeLibrary {
  private static final String FOLDER = "/org/scaleinv/native/";
  private static final String ENGINE = "libscaleinv.so";

  /** What lies beside the engine: OpenBLAS and the libraries it links. */
  private static final List<String> FILES =
      List.of(ENGINE, "libopenblas.so.0", "libgfortran.so.5", "libquadmath.so.0");

  /** Platforms that a build may hold, to name those that it does. */
  private static final List<String> PLATFORMS = List.of("linux-x86_64", "linux-aarch64");

  private static boolean loaded;

  private NativeLibrary() {}

  @SuppressWarnings("restricted")
  static synchronized void load() {
    if (loaded) {
      return;
    }
    Path library = locate(platform(System.getProperty("os.name"), System.getProperty("os.arch")));
    try {
      System.load(library.toString());
    } catch (UnsatisfiedLinkError refused) {
      throw new EngineFailure(
          "cannot load the native engine (" + refused.getMessage()
              + "); a damaged copy goes when its folder is deleted",
          refused);
    }
    Scaleinv.load(SymbolLookup.loaderLookup());
    int version = Scaleinv.scaleinv_abi_version();
    if (version != Scaleinv.SCALEINV_ABI_VERSION()) {
      throw new EngineFailure(
          library + " has ABI version " + version + ", expected " + Scaleinv.SCALEINV_ABI_VERSION());
    }
    loaded = true;
  }

  /** The folder name of a platform: "linux-x86_64". */
  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT).split(" ")[0];
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> osArch;
        };
    return os + "-" + arch;
  }

  /** Path of the engine's library for a platform; in place for a build folder, in the user's cache for a jar. */
  static Path locate(String platform) {
    if (resource(platform, ENGINE).isEmpty()) {
      throw new EngineFailure("no native engine for " + platform + " in this build; it holds " + platformsPresent());
    }
    List<URL> files = FILES.stream().map(file -> resource(platform, file).orElseThrow(() -> missing(file))).toList();
    return NativeCache.folderOf(files, "the native engine").resolve(ENGINE);
  }

  private static EngineFailure missing(String file) {
    return new EngineFailure("the build lacks the native library " + file);
  }

  private static String platformsPresent() {
    List<String> present = PLATFORMS.stream().filter(name -> resource(name, ENGINE).isPresent()).toList();
    return present.isEmpty() ? "none" : String.join(", ", present);
  }

  private static Optional<URL> resource(String platform, String file) {
    return Optional.ofNullable(NativeLibrary.class.getResource(FOLDER + platform + "/" + file));
  }
}
