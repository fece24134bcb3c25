import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives class files of Java 5 and older the form of Java 8, with stack maps, in place. The JVM's start-up cache takes
 * nothing older than Java 6, and picocli and Commons Math are compiled for Java 5.
 *
 * <p>Usage: {@code java UpdateClassFiles.java JAR}
 */
final class UpdateClassFiles {
  private static final int OLDEST_CACHED = ClassFile.JAVA_6_VERSION;

  private UpdateClassFiles() {}

  public static void main(String[] arguments) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(arguments[0]))) {
      List<Path> classes;
      try (var files = Files.walk(jar.getPath("/"))) {
        classes = files.filter(f -> f.toString().endsWith(".class")).toList();
      }
      var hierarchy = ClassHierarchyResolver.ofResourceParsing(name -> open(jar, name))
          .orElse(ClassHierarchyResolver.defaultResolver());
      var rewriter = ClassFile.of(
          StackMapsOption.GENERATE_STACK_MAPS, ClassFile.ClassHierarchyResolverOption.of(hierarchy));
      for (Path file : classes) {
        update(rewriter, file);
      }
    }
  }

  private static void update(ClassFile rewriter, Path file) throws IOException {
    var old = rewriter.parse(Files.readAllBytes(file));
    if (old.majorVersion() >= OLDEST_CACHED) {
      return;
    }
    var time = Files.getLastModifiedTime(file);
    ClassTransform version = (builder, element) -> {
      if (element instanceof ClassFileVersion) {
        builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
      } else {
        builder.with(element);
      }
    };
    // stack maps are made only for method bodies that are built anew
    var bodies = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    Files.write(file, rewriter.transformClass(old, bodies.andThen(version)));
    Files.setLastModifiedTime(file, time);
  }

  private static InputStream open(FileSystem jar, ClassDesc name) {
    String descriptor = name.descriptorString();
    Path file = jar.getPath("/", descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
