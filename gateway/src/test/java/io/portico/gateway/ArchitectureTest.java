package io.portico.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Pipeline;
import io.portico.gateway.execute.explain.ExplainRecorder;
import org.jspecify.annotations.NullMarked;

/** The layers of the gateway, as the architecture draws them. */
@AnalyzeClasses(
    packages = "io.portico.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "io.portico.gateway.";

  private static final String[] FOUNDATIONS = {
    ROOT + "http..",
    ROOT + "aws..",
    ROOT + "compute..",
    ROOT + "jose..",
    ROOT + "json..",
    ROOT + "jsonschema..",
    ROOT + "jsonpath..",
    ROOT + "regex..",
    ROOT + "vtl..",
    ROOT + "openapi..",
    ROOT + "proxy..",
    ROOT + "x509.."
  };

  @ArchTest
  static final ArchRule foundationsStandAlone =
      noClasses()
          .that()
          .resideInAnyPackage(FOUNDATIONS)
          .should()
          .dependOnClassesThat(ours().and(DescribedPredicate.not(in(FOUNDATIONS))))
          .because("a foundation could be published alone");

  @ArchTest
  static final ArchRule executeSeesSnapshotsOnly =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "execute..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "model..", ROOT + "compile..", ROOT + "store..", ROOT + "control..")
          .because("what serves traffic is a snapshot, never a record");

  @ArchTest
  static final ArchRule controlNeverSeesExecute =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "control..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "execute..")
          .because("the control plane reaches the data plane by publishing a snapshot");

  @ArchTest
  static final ArchRule faultsAreCaughtInPipelinesOnly =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "execute..")
          .and(DescribedPredicate.not(JavaClass.Predicates.implement(Pipeline.class)))
          .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(ExplainRecorder.class)))
          .and(DescribedPredicate.not(in(ROOT + "execute.telemetry..")))
          .should(catchFaults())
          .because(
              "a fault ends the request, and what it becomes is decided in one place; explanations"
                  + " are made, and logs written, when it has become an answer");

  @ArchTest
  static final ArchRule compileIsAFunctionOfRecords =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "compile..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "control..", ROOT + "execute..", ROOT + "store..")
          .because("compiling reads records and makes snapshots, and does nothing else");

  @ArchTest
  static final ArchRule snapshotsKnowFoundationsOnly =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "snapshot..")
          .should()
          .dependOnClassesThat(
              ours()
                  .and(DescribedPredicate.not(in(FOUNDATIONS)))
                  .and(DescribedPredicate.not(in(ROOT + "snapshot.."))))
          .because("a snapshot is compiled from records and keeps nothing of them");

  @ArchTest
  static final ArchRule recordsKnowNothing =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "model..", ROOT + "store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "control..", ROOT + "execute..", ROOT + "compile..", ROOT + "snapshot..")
          .because("records and the port behind which they live serve the planes, not the reverse");

  @ArchTest
  static final ArchRule noNetworkLibraryAndNoDriver =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "java.sql..", "javax.sql..", "org.sqlite..")
          .because("the gateway reaches network and database through ports");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices()
          .matching("io.portico.gateway.(**)")
          .should()
          .beFreeOfCycles()
          .because("a part can be understood, tested and replaced alone");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that(ours())
          .should(resideInANullMarkedPackage())
          .because("null is an error unless a type says otherwise");

  private static DescribedPredicate<JavaClass> ours() {
    return in("io.portico..");
  }

  private static DescribedPredicate<JavaClass> in(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(packages);
  }

  /** Catches a fault by its own type or by one that a person would write for everything. */
  private static ArchCondition<JavaClass> catchFaults() {
    return new ArchCondition<>("catch a GatewayFault") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnit code : type.getCodeUnits()) {
          for (TryCatchBlock block : code.getTryCatchBlocks()) {
            // Throwable is left out: the compiler catches it for every try with resources.
            boolean caught =
                block.getCaughtThrowables().stream()
                    .anyMatch(
                        throwable ->
                            throwable.isAssignableFrom(GatewayFault.class)
                                && !throwable.isEquivalentTo(Throwable.class));
            events.add(
                new SimpleConditionEvent(
                    block, caught, code.getFullName() + " at " + block.getSourceCodeLocation()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " has no @NullMarked package-info"));
        }
      }
    };
  }
}
