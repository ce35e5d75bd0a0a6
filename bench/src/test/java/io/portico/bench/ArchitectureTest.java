package io.portico.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the parts of the harness may see of each other. */
@AnalyzeClasses(packages = "io.portico.bench", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule theGeneratorKnowsNoGateway =
      noClasses()
          .that()
          .resideInAPackage("io.portico.bench.load..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.portico.bench.peer..", "io.portico.bench.report..")
          .because("whichever gateway is measured, it is measured in the same way");

  @ArchTest
  static final ArchRule theWholeIsMeasuredFromOutside =
      noClasses()
          .that()
          .resideInAPackage("io.portico.bench..")
          .and()
          .resideOutsideOfPackage("io.portico.bench.micro..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.portico.gateway..")
          .because("what a user runs is a process; only benchmarks of parts know the parts");

  @ArchTest
  static final ArchRule reportsTakeNumbersOnly =
      noClasses()
          .that()
          .resideInAPackage("io.portico.bench.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.portico.bench.load..", "io.portico.bench.peer..", "io.portico.bench.durability..")
          .because("what windows add up to does not depend on what was measured");
}
