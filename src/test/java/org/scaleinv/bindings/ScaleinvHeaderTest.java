package org.scaleinv.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaleinv.engine.cpu.CpuEngine;

/** The bindings say what the C headers say: every function, every constant, both ways. */
class ScaleinvHeaderTest {
  private static final String DESCRIPTOR = "$descriptor";
  private static final Path HEADERS = Path.of("native/include");

  /** A header, the class that binds it, and what that class has beside; what the header declares at least. */
  private enum Bound {
    ENGINE("scaleinv.h", Scaleinv.class, Set.of("load"), 16, 26),
    HOMOLOGY("scaleinv_homology.h", ScaleinvHomology.class, Set.of(), 11, 13);

    private final Class<?> bindings;
    private final Set<String> beside;
    private final int leastFunctions;
    private final int leastConstants;
    private final String text;
    private final CDeclarations header;

    Bound(String file, Class<?> bindings, Set<String> beside, int leastFunctions, int leastConstants) {
      this.bindings = bindings;
      this.beside = beside;
      this.leastFunctions = leastFunctions;
      this.leastConstants = leastConstants;
      try {
        text = Files.readString(HEADERS.resolve(file));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      header = CDeclarations.parse(text);
    }

    private List<Method> publicMethods() {
      return Arrays.stream(bindings.getDeclaredMethods()).filter(m -> Modifier.isPublic(m.getModifiers())).toList();
    }
  }

  @BeforeAll
  static void loadLibrary() {
    new CpuEngine().close();
  }

  @Test
  void everyHeaderIsBound() throws IOException {
    try (Stream<Path> headers = Files.list(HEADERS)) {
      assertEquals(Bound.values().length, headers.count());
    }
  }

  @ParameterizedTest
  @EnumSource
  void constantsAreThoseOfTheHeader(Bound bound) throws ReflectiveOperationException {
    Map<String, Integer> found = new TreeMap<>();
    for (Method method : bound.publicMethods()) {
      if (method.getName().startsWith("SCALEINV_")) {
        found.put(method.getName(), (Integer) method.invoke(null));
      }
    }
    assertEquals(new TreeMap<>(bound.header.constants()), found);
  }

  @ParameterizedTest
  @EnumSource
  void descriptorsAreThoseOfTheHeader(Bound bound) throws ReflectiveOperationException {
    Map<String, FunctionDescriptor> found = new TreeMap<>();
    for (Method method : bound.publicMethods()) {
      if (method.getName().endsWith(DESCRIPTOR)) {
        String function = method.getName().substring(0, method.getName().length() - DESCRIPTOR.length());
        found.put(function, (FunctionDescriptor) method.invoke(null));
      }
    }
    assertEquals(new TreeMap<>(bound.header.functions()), found);
  }

  @ParameterizedTest
  @EnumSource
  void wrappersTakeAndGiveWhatTheirDescriptorsSay(Bound bound) {
    Map<String, MethodType> expected = new TreeMap<>();
    bound.header.functions().forEach((name, descriptor) -> expected.put(name, descriptor.toMethodType()));
    Map<String, MethodType> found = new TreeMap<>();
    for (Method method : bound.publicMethods()) {
      if (method.getName().startsWith("scaleinv_") && !method.getName().endsWith(DESCRIPTOR)) {
        found.put(method.getName(), MethodType.methodType(method.getReturnType(), method.getParameterTypes()));
      }
    }
    assertEquals(expected, found);
  }

  /** A declaration that the parser does not see would be one that nothing is compared with. */
  @ParameterizedTest
  @EnumSource
  void parserSeesEveryDeclaration(Bound bound) {
    long declared = bound.text.lines().filter(line -> line.startsWith("SCALEINV_API ")).count();
    long defined = bound.text.lines().filter(line -> line.matches("#define SCALEINV_\\w+ .*\\d.*")).count();
    assertEquals(declared, bound.header.functions().size());
    assertEquals(defined, bound.header.constants().size());
    assertTrue(
        declared >= bound.leastFunctions && defined >= bound.leastConstants,
        declared + " functions, " + defined + " constants");
  }

  @Test
  void parserReadsTypesPointersAndConstants() {
    CDeclarations parsed =
        CDeclarations.parse(
            """
            #define SCALEINV_A 7
            /* SCALEINV_API void hidden(void); */
            SCALEINV_API int32_t f(
                const double* x, int64_t n, void** out);
            SCALEINV_API void g(void);
            """);
    assertEquals(Map.of("SCALEINV_A", 7), parsed.constants());
    assertEquals(Set.of("f", "g"), parsed.functions().keySet());
    assertEquals(
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
        parsed.functions().get("f"));
    assertThrows(
        IllegalArgumentException.class, () -> CDeclarations.parse("SCALEINV_API int32_t f(struct s x);"));
  }

  @ParameterizedTest
  @EnumSource
  void everyPublicMethodBelongsToADeclaration(Bound bound) {
    Set<String> known = new TreeSet<>(bound.header.constants().keySet());
    known.addAll(bound.header.functions().keySet());
    bound.header.functions().keySet().forEach(name -> known.add(name + DESCRIPTOR));
    known.addAll(bound.beside);
    assertEquals(
        known, bound.publicMethods().stream().map(Method::getName).collect(Collectors.toCollection(TreeSet::new)));
  }
}
