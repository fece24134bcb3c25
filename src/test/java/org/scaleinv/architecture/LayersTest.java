package org.scaleinv.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports point downwards only, and native code is reached through one door. */
@AnalyzeClasses(packages = "org.scaleinv", importOptions = DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule IMPORTS_POINT_DOWNWARDS = layeredArchitecture()
      .consideringOnlyDependenciesInAnyPackage("org.scaleinv..")
      .withOptionalLayers(true)
      .layer("cli").definedBy("org.scaleinv.cli..")
      .layer("run").definedBy("org.scaleinv.run..")
      .layer("report").definedBy("org.scaleinv.report..")
      .layer("family").definedBy("org.scaleinv.family..")
      .layer("invariant").definedBy("org.scaleinv.invariant..")
      .layer("forward").definedBy("org.scaleinv.forward..")
      .layer("model").definedBy("org.scaleinv.model..")
      .layer("safetensors").definedBy("org.scaleinv.safetensors..")
      .layer("space").definedBy("org.scaleinv.space..")
      .layer("engine").definedBy("org.scaleinv.engine..")
      .layer("bindings").definedBy("org.scaleinv.bindings..")
      .layer("tensor").definedBy("org.scaleinv.tensor..")
      .layer("statistics").definedBy("org.scaleinv.statistics..")
      .layer("error").definedBy("org.scaleinv.error..")
      .ensureAllClassesAreContainedInArchitecture()
      .whereLayer("cli").mayOnlyAccessLayers("run", "report", "family", "invariant", "forward", "model", "space",
          "safetensors", "engine", "tensor", "statistics", "error")
      .whereLayer("run").mayOnlyAccessLayers("report", "family", "invariant", "forward", "model", "space",
          "safetensors", "engine", "tensor", "statistics", "error")
      .whereLayer("report").mayOnlyAccessLayers("family", "invariant", "forward", "model", "safetensors", "engine",
          "tensor", "statistics", "error")
      .whereLayer("family").mayOnlyAccessLayers("invariant", "forward", "model", "safetensors", "engine", "tensor",
          "statistics", "error")
      .whereLayer("invariant").mayOnlyAccessLayers("forward", "model", "safetensors", "engine", "tensor", "statistics",
          "error")
      .whereLayer("forward").mayOnlyAccessLayers("model", "safetensors", "engine", "tensor", "statistics", "error")
      .whereLayer("model").mayOnlyAccessLayers("safetensors", "engine", "tensor", "statistics", "error")
      // files of points and distances that are no model: they are read into an engine's memory
      .whereLayer("space").mayOnlyAccessLayers("safetensors", "engine", "tensor", "statistics", "error")
      .whereLayer("safetensors").mayOnlyAccessLayers("tensor", "statistics", "error")
      .whereLayer("engine").mayOnlyAccessLayers("bindings", "tensor", "statistics", "error")
      .whereLayer("tensor").mayOnlyAccessLayers("statistics", "error")
      .whereLayer("statistics").mayOnlyAccessLayers("error")
      .whereLayer("bindings").mayNotAccessAnyLayer()
      .whereLayer("error").mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule ONLY_THE_CPU_ENGINE_KNOWS_THE_BINDINGS = noClasses()
      .that().resideOutsideOfPackages("org.scaleinv.engine.cpu..", "org.scaleinv.bindings..")
      .should().dependOnClassesThat().resideInAPackage("org.scaleinv.bindings..");

  @ArchTest
  static final ArchRule ONLY_THE_CUDA_ENGINE_KNOWS_JCUDA = noClasses()
      .that().resideOutsideOfPackage("org.scaleinv.engine.cuda..")
      .should().dependOnClassesThat().resideInAnyPackage("jcuda..");

  @ArchTest
  static final ArchRule DOWNCALLS_STAY_IN_BINDINGS_AND_ENGINES = noClasses()
      .that().resideOutsideOfPackages("org.scaleinv.bindings..", "org.scaleinv.engine..")
      .should().dependOnClassesThat()
      .haveNameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup|FunctionDescriptor).*");

  @ArchTest
  static final ArchRule ADDRESSES_STAY_IN_BINDINGS_AND_ENGINES = noClasses()
      .that().resideOutsideOfPackages("org.scaleinv.bindings..", "org.scaleinv.engine..")
      .should().callMethod(java.lang.foreign.MemorySegment.class, "address")
      .orShould().callMethod(java.lang.foreign.MemorySegment.class, "ofAddress", long.class)
      .orShould().callMethod(java.lang.foreign.MemorySegment.class, "reinterpret", long.class);

  @ArchTest
  static final ArchRule THE_COMMAND_LINE_ALONE_KNOWS_PICOCLI = classes()
      .that().resideOutsideOfPackage("org.scaleinv.cli..")
      .should().onlyDependOnClassesThat().resideOutsideOfPackage("picocli..");
}
