package org.scaleinv.bindings;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions and integer constants that a C header of plain declarations holds. */
record CDeclarations(Map<String, FunctionDescriptor> functions, Map<String, Integer> constants) {
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern CONSTANT = Pattern.compile("(?m)^#define (\\w+) (-?\\d+) *$");
  private static final Pattern FUNCTION =
      Pattern.compile("SCALEINV_API\\s+([\\w\\s*]+?)(\\w+)\\s*\\(([^)]*)\\)\\s*;", Pattern.DOTALL);
  private static final Pattern PARAMETER = Pattern.compile("(.*?)\\w+", Pattern.DOTALL);

  static CDeclarations parse(String header) {
    String code = COMMENT.matcher(header).replaceAll("");
    Map<String, Integer> constants = new LinkedHashMap<>();
    for (Matcher found = CONSTANT.matcher(code); found.find();) {
      constants.put(found.group(1), Integer.valueOf(found.group(2)));
    }
    Map<String, FunctionDescriptor> functions = new LinkedHashMap<>();
    for (Matcher found = FUNCTION.matcher(code); found.find();) {
      functions.put(found.group(2), descriptor(found.group(1).strip(), found.group(3).strip()));
    }
    return new CDeclarations(functions, constants);
  }

  private static FunctionDescriptor descriptor(String result, String parameters) {
    MemoryLayout[] layouts =
        parameters.equals("void")
            ? new MemoryLayout[0]
            : Pattern.compile(",").splitAsStream(parameters).map(CDeclarations::parameter).toArray(MemoryLayout[]::new);
    return result.equals("void") ? FunctionDescriptor.ofVoid(layouts) : FunctionDescriptor.of(layout(result), layouts);
  }

  private static MemoryLayout parameter(String declaration) {
    Matcher parts = PARAMETER.matcher(declaration.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("a parameter that is not understood: " + declaration);
    }
    return layout(parts.group(1).strip());
  }

  private static MemoryLayout layout(String type) {
    if (type.endsWith("*")) {
      return ValueLayout.ADDRESS;
    }
    return switch (type) {
      case "int32_t" -> ValueLayout.JAVA_INT;
      case "int64_t" -> ValueLayout.JAVA_LONG;
      case "float" -> ValueLayout.JAVA_FLOAT;
      case "double" -> ValueLayout.JAVA_DOUBLE;
      default -> throw new IllegalArgumentException("a type that is not understood: " + type);
    };
  }
}
