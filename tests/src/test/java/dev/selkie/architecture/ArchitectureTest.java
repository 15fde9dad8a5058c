package dev.selkie.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom; ARCHITECTURE.md in executable form. */
@AnalyzeClasses(packages = "dev.selkie", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String PROCESSOR = "dev.selkie.processor";

  @ArchTest
  static final ArchRule RUNTIME_DEPENDS_ON_NOTHING =
      classes()
          .that()
          .resideInAnyPackage("dev.selkie.runtime..", "dev.selkie.annotation..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.selkie.runtime..", "dev.selkie.annotation..");

  @ArchTest
  static final ArchRule GENERATED_CODE_KNOWS_THE_RUNTIME_ALONE =
      classes()
          .that()
          .resideInAPackage("dev.selkie.samples..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "dev.selkie.samples..", "dev.selkie.runtime", "dev.selkie.annotation");

  @ArchTest
  static final ArchRule ONLY_EMIT_SEES_JAVAPOET =
      noClasses()
          .that()
          .resideOutsideOfPackage(PROCESSOR + ".emit")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.palantir.javapoet..");

  @ArchTest
  static final ArchRule ONLY_ENTRY_AND_READER_SEE_THE_COMPILER =
      noClasses()
          .that()
          .resideInAPackage(PROCESSOR + "..")
          .and()
          .resideOutsideOfPackages(PROCESSOR, PROCESSOR + ".read", PROCESSOR + ".emit")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.lang.model..", "javax.annotation.processing..");

  @ArchTest
  static final ArchRule DECLARATIONS_KNOW_NOTHING =
      classes()
          .that()
          .resideInAPackage(PROCESSOR + ".model")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", PROCESSOR + ".model");

  @ArchTest
  static final ArchRule CHECK_KNOWS_NO_READER_AND_NO_LATER_PHASE =
      phase("check")
          .mayNotSee(
              "read",
              "graph",
              "shape",
              "fusion",
              "autodiff",
              "program",
              "plan",
              "describe",
              "emit");

  @ArchTest
  static final ArchRule READ_KNOWS_NO_LATER_PHASE =
      phase("read")
          .mayNotSee("graph", "shape", "fusion", "autodiff", "program", "plan", "describe", "emit");

  @ArchTest
  static final ArchRule ONLY_THE_ENTRY_SEES_THE_READER =
      phase("graph", "shape", "fusion", "autodiff", "program", "plan", "describe", "emit")
          .mayNotSee("read");

  @ArchTest
  static final ArchRule OPS_KNOW_NO_WALK =
      phase("graph", "program").mayNotSee("shape", "fusion", "autodiff", "plan", "emit");

  @ArchTest
  static final ArchRule SHAPES_KNOW_NO_LATER_PHASE =
      phase("shape").mayNotSee("fusion", "autodiff", "plan", "emit");

  @ArchTest
  static final ArchRule FUSION_KNOWS_NO_LATER_PHASE =
      phase("fusion").mayNotSee("shape", "autodiff", "plan", "emit");

  @ArchTest
  static final ArchRule DIFFERENTIATION_KNOWS_NO_LATER_PHASE =
      phase("autodiff").mayNotSee("shape", "fusion", "plan", "emit");

  @ArchTest
  static final ArchRule THE_PLAN_KNOWS_NO_EMITTER =
      phase("plan").mayNotSee("shape", "fusion", "autodiff", "emit");

  @ArchTest
  static final ArchRule ONLY_THE_CPU_BACKEND_SEES_ONEDNN =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.selkie.cpu..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.dnnl..");

  @ArchTest
  static final ArchRule ONLY_THE_CUDA_BACKEND_SEES_JCUDA =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.selkie.cuda..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jcuda..");

  @ArchTest
  static final ArchRule ONLY_THE_PEER_SEES_PYTORCH =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.selkie.peer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.pytorch..");

  @ArchTest
  static final ArchRule TRAINING_KNOWS_NO_BACKEND =
      noClasses()
          .that()
          .resideInAPackage("dev.selkie.training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.selkie.cpu..", "dev.selkie.cuda..");

  private record Phase(String[] packages) {
    ArchRule mayNotSee(String... later) {
      return noClasses()
          .that()
          .resideInAnyPackage(packages)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(inside(later));
    }
  }

  private static Phase phase(String... names) {
    return new Phase(inside(names));
  }

  private static String[] inside(String... names) {
    String[] packages = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      packages[i] = PROCESSOR + "." + names[i] + "..";
    }
    return packages;
  }
}
