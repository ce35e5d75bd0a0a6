package io.portico.transport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the transport may see of the gateway. */
@AnalyzeClasses(
    packages = "io.portico.transport",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule seesOnlyTheGatewaysHttp =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.portico.gateway.model..",
              "io.portico.gateway.store..",
              "io.portico.gateway.snapshot..",
              "io.portico.gateway.compile..",
              "io.portico.gateway.execute..",
              "io.portico.gateway.control..")
          .allowEmptyShould(true)
          .because("the transport implements the ports of gateway.http and knows no API");
}
