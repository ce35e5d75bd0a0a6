package io.portico.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What a store may see of the gateway. */
@AnalyzeClasses(packages = "io.portico.store", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule seesKeysAndBytesOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.portico.gateway.model..",
              "io.portico.gateway.snapshot..",
              "io.portico.gateway.compile..",
              "io.portico.gateway.execute..",
              "io.portico.gateway.control..")
          .allowEmptyShould(true)
          .because("a store knows keys and bytes, not what a record means");
}
