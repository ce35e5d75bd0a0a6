package io.portico.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the Lambda host may see of the gateway, and its layers. */
@AnalyzeClasses(
    packages = "io.portico.lambda",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String GATEWAY = "io.portico.gateway.";

  @ArchTest
  static final ArchRule knowsNothingOfApis =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              GATEWAY + "model..",
              GATEWAY + "snapshot..",
              GATEWAY + "compile..",
              GATEWAY + "execute..",
              GATEWAY + "control.v1..",
              "io.portico.transport..",
              "io.portico.store..")
          .because("the gateway reaches functions over HTTP only, as it would reach AWS Lambda");

  @ArchTest
  static final ArchRule usesNothingOfFunctions =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.amazonaws..")
          .because("AWS's client for Java is there for the processes of functions alone");

  @ArchTest
  static final ArchRule runsSnapshotsOnly =
      noClasses()
          .that()
          .resideInAnyPackage("io.portico.lambda.environment..", "io.portico.lambda.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.portico.lambda.model..", "io.portico.lambda.control..", GATEWAY + "store..")
          .because("what runs is a snapshot, never a record");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices().matching("io.portico.lambda.(*)..").should().beFreeOfCycles();
}
