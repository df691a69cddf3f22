package io.fouriermasks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the arrows of docs/architecture.md: who may import whom. */
class ArchitectureTest {

  private static final String ROOT = "io.fouriermasks.";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.fouriermasks");

  @Test
  void packages_import_only_what_the_architecture_allows() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("spectrum")
        .definedBy(ROOT + "spectrum..")
        .layer("network")
        .definedBy(ROOT + "network..")
        .layer("dataset")
        .definedBy(ROOT + "dataset..")
        .layer("attack")
        .definedBy(ROOT + "attack..")
        .layer("training")
        .definedBy(ROOT + "training..")
        .layer("analysis")
        .definedBy(ROOT + "analysis..")
        .layer("report")
        .definedBy(ROOT + "report..")
        .layer("store")
        .definedBy(ROOT + "store..")
        .layer("access")
        .definedBy(ROOT + "access..")
        .layer("job")
        .definedBy(ROOT + "job..")
        .layer("backup")
        .definedBy(ROOT + "backup..")
        .layer("benchmark")
        .definedBy(ROOT + "benchmark..")
        .layer("api")
        .definedBy(ROOT + "api..")
        .layer("page")
        .definedBy(ROOT + "page..")
        .layer("command")
        .definedBy(ROOT + "command..")
        .whereLayer("spectrum")
        .mayNotAccessAnyLayer()
        .whereLayer("network")
        .mayNotAccessAnyLayer()
        .whereLayer("dataset")
        .mayNotAccessAnyLayer()
        .whereLayer("attack")
        .mayOnlyAccessLayers("network")
        .whereLayer("training")
        .mayOnlyAccessLayers("spectrum", "network", "dataset", "attack")
        .whereLayer("analysis")
        .mayOnlyAccessLayers("spectrum", "network", "dataset", "attack", "training")
        .whereLayer("report")
        .mayOnlyAccessLayers("spectrum", "network", "dataset", "attack", "training", "analysis")
        .whereLayer("store")
        .mayOnlyAccessLayers("spectrum", "network", "dataset", "attack", "training", "analysis")
        .whereLayer("access")
        .mayOnlyAccessLayers("store")
        .whereLayer("job")
        .mayOnlyAccessLayers(
            "spectrum", "network", "dataset", "attack", "training", "analysis", "report", "store")
        .whereLayer("backup")
        .mayOnlyAccessLayers("network", "store")
        .whereLayer("benchmark")
        .mayOnlyAccessLayers("spectrum", "network", "training")
        .whereLayer("api")
        .mayOnlyAccessLayers(
            "spectrum",
            "network",
            "dataset",
            "attack",
            "training",
            "analysis",
            "report",
            "access",
            "store",
            "job")
        .whereLayer("page")
        .mayOnlyAccessLayers(
            "spectrum",
            "network",
            "dataset",
            "attack",
            "training",
            "analysis",
            "report",
            "access",
            "store",
            "job")
        .whereLayer("command")
        .mayOnlyAccessLayers(
            "spectrum",
            "network",
            "dataset",
            "attack",
            "training",
            "analysis",
            "report",
            "store",
            "job",
            "backup",
            "benchmark")
        .check(classes);
  }

  @Test
  void a_report_is_made_without_quarkus_except_for_its_templates() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "report..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.quarkus..", "jakarta..", "java.sql..", "org.jdbi..", "io.vertx..")
                .and(not(resideInAPackage("io.quarkus.qute.."))))
        .check(classes);
  }

  @Test
  void the_science_knows_no_quarkus_no_database_and_no_http() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "spectrum..",
            ROOT + "network..",
            ROOT + "dataset..",
            ROOT + "attack..",
            ROOT + "training..",
            ROOT + "analysis..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "jakarta..", "java.sql..", "org.jdbi..", "io.vertx..")
        .check(classes);
  }
}
