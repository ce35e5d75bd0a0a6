package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientModel;
import java.util.List;
import java.util.Set;

/** The models of a Java SDK: classes that are read from JSON and written as JSON. */
final class JavaModels {
  private static final Set<String> RESERVED = Set.of();

  private JavaModels() {}

  static void write(
      SdkFiles files,
      String sources,
      String packageName,
      String license,
      List<ClientModel> models,
      JavaTypes types) {
    for (ClientModel model : models) {
      JavaClass javaClass = new JavaClass(types.classOf(model), types, RESERVED);
      model
          .fields()
          .forEach(field -> javaClass.add(field.name(), field.type(), field.description()));
      files.add(
          sources + "model/" + javaClass.name() + ".java",
          license + source(packageName, model, javaClass, types));
    }
  }

  private static String source(
      String packageName, ClientModel model, JavaClass javaClass, JavaTypes types) {
    SourceText text = new SourceText("    ");
    String name = javaClass.name();
    text.line("package " + packageName + ".model;").blank();
    text.line("import " + packageName + ".internal.Json;");
    text.line("import " + packageName + ".internal.JsonObject;");
    text.line("import java.util.LinkedHashMap;");
    text.line("import java.util.List;");
    text.line("import java.util.Map;").blank();
    String description = model.description();
    JavaClass.writeComment(
        text,
        description == null || description.isBlank()
            ? "The model " + model.name() + "."
            : description);
    text.open("public class " + name + " implements JsonObject {");
    javaClass.writeFields(text);
    javaClass.writeAccessors(text);

    text.line("@Override").open("public Map<String, Object> toJson() {");
    text.line("Map<String, Object> json$ = new LinkedHashMap<>();");
    for (JavaClass.Member member : javaClass.members()) {
      text.open("if (" + member.identifier() + " != null) {");
      text.line("json$.put(" + JavaSdk.literal(member.name()) + ", " + member.identifier() + ");");
      text.close("}");
    }
    text.line("return json$;").close("}").blank();

    text.line("/** Reads the model; null stays null. */");
    text.open("public static " + name + " fromJson(Object json) {");
    text.open("if (json == null) {").line("return null;").close("}");
    text.line("Map<String, Object> members = Json.members(json);");
    text.line(name + " read = new " + name + "();");
    for (JavaClass.Member member : javaClass.members()) {
      text.line(
          "read.%s = %s;"
              .formatted(
                  member.identifier(),
                  types.read(
                      member.type(), "members.get(" + JavaSdk.literal(member.name()) + ")")));
    }
    text.line("return read;").close("}").blank();

    text.line("@Override").open("public boolean equals(Object other) {");
    text.line(
        "return other instanceof %s && toJson().equals(((%s) other).toJson());"
            .formatted(name, name));
    text.close("}").blank();
    text.line("@Override").open("public int hashCode() {");
    text.line("return toJson().hashCode();").close("}").blank();
    text.line("@Override").open("public String toString() {");
    text.line("return Json.write(this);").close("}");
    return text.close("}").toString();
  }
}
