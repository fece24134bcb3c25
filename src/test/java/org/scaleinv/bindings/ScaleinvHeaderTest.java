package org.scaleinv.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scaleinv.engine.cpu.CpuEngine;

/** The bindings say what the C header says: every function, every constant, both ways. */
class ScaleinvHeaderTest {
  private static final String DESCRIPTOR = "$descriptor";
  private static CDeclarations header;

  @BeforeAll
  static void readHeaderAndLoadLibrary() throws IOException {
    header = CDeclarations.parse(Files.readString(Path.of("native/include/scaleinv.h")));
    new CpuEngine().close();
  }

  @Test
  void constantsAreThoseOfTheHeader() throws ReflectiveOperationException {
    Map<String, Integer> bound = new TreeMap<>();
    for (Method method : publicMethods()) {
      if (method.getName().startsWith("SCALEINV_")) {
        bound.put(method.getName(), (Integer) method.invoke(null));
      }
    }
    assertEquals(new TreeMap<>(header.constants()), bound);
  }

  @Test
  void descriptorsAreThoseOfTheHeader() throws ReflectiveOperationException {
    Map<String, FunctionDescriptor> bound = new TreeMap<>();
    for (Method method : publicMethods()) {
      if (method.getName().endsWith(DESCRIPTOR)) {
        String function = method.getName().substring(0, method.getName().length() - DESCRIPTOR.length());
        bound.put(function, (FunctionDescriptor) method.invoke(null));
      }
    }
    assertEquals(new TreeMap<>(header.functions()), bound);
  }

  @Test
  void wrappersTakeAndGiveWhatTheirDescriptorsSay() {
    Map<String, MethodType> expected = new TreeMap<>();
    header.functions().forEach((name, descriptor) -> expected.put(name, descriptor.toMethodType()));
    Map<String, MethodType> bound = new TreeMap<>();
    for (Method method : publicMethods()) {
      if (method.getName().startsWith("scaleinv_") && !method.getName().endsWith(DESCRIPTOR)) {
        bound.put(method.getName(), MethodType.methodType(method.getReturnType(), method.getParameterTypes()));
      }
    }
    assertEquals(expected, bound);
  }

  /** A declaration that the parser does not see would be one that nothing is compared with. */
  @Test
  void parserSeesEveryDeclaration() throws IOException {
    String text = Files.readString(Path.of("native/include/scaleinv.h"));
    long declared = text.lines().filter(line -> line.startsWith("SCALEINV_API ")).count();
    long defined = text.lines().filter(line -> line.matches("#define SCALEINV_\\w+ .*\\d")).count();
    assertEquals(declared, header.functions().size());
    assertEquals(defined, header.constants().size());
    assertTrue(declared >= 16 && defined >= 26, declared + " functions, " + defined + " constants");
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

  @Test
  void everyPublicMethodBelongsToADeclaration() {
    Set<String> known = new TreeSet<>(header.constants().keySet());
    known.addAll(header.functions().keySet());
    header.functions().keySet().forEach(name -> known.add(name + DESCRIPTOR));
    known.add("load");
    assertEquals(known, publicMethods().stream().map(Method::getName).collect(Collectors.toCollection(TreeSet::new)));
  }

  private static List<Method> publicMethods() {
    return Arrays.stream(Scaleinv.class.getDeclaredMethods()).filter(m -> Modifier.isPublic(m.getModifiers())).toList();
  }
}
