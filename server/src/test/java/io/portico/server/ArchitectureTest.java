package io.portico.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the parts of the process may see of each other. */
@AnalyzeClasses(
    packages = "io.portico.server",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule settingsKnowNothingOfTheirUse =
      noClasses()
          .that()
          .resideInAPackage("io.portico.server.config..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.portico..")
                  .and(
                      resideInAnyPackage("io.portico.server.config..", "io.portico.gateway.json..")
                          .negate()))
          .because("a setting is a value: what it is for is the business of whoever reads it");

  @ArchTest
  static final ArchRule theCommandLineKnowsNoPart =
      noClasses()
          .that()
          .resideInAPackage("io.portico.server.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.portico.transport..",
              "io.portico.gateway.model..",
              "io.portico.gateway.snapshot..",
              "io.portico.gateway.compile..",
              "io.portico.gateway.execute..")
          .because("how a gateway is made is said once, in GatewayAssembly");

  @ArchTest
  static final ArchRule networkAndDriverStayInTheirModules =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "java.sql..", "javax.sql..", "org.sqlite..")
          .because("the process wires parts together and reaches into none of them");
}
