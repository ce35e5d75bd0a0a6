package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.FieldType;
import io.portico.gateway.control.sdk.contract.UniqueNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A class of a Java SDK that holds values: getters, setters, and setters that chain. */
final class JavaClass {
  private final String name;
  private final JavaTypes types;
  private final List<Member> members = new ArrayList<>();
  private final UniqueNames names;

  /**
   * A value that is held.
   *
   * @param name as the API has it
   * @param identifier the field's
   */
  record Member(String name, String identifier, FieldType type, @Nullable String description) {
    String getter() {
      return "get" + JavaNames.capitalized(identifier);
    }
  }

  /**
   * @param reserved what no member is called
   */
  JavaClass(String name, JavaTypes types, Set<String> reserved) {
    this.name = name;
    this.types = types;
    this.names = new UniqueNames(reserved);
  }

  /** Adds a member; one whose name is taken gets another. */
  Member add(String wanted, FieldType type, @Nullable String description) {
    Member member = new Member(wanted, names.take(JavaNames.member(wanted)), type, description);
    members.add(member);
    return member;
  }

  String name() {
    return name;
  }

  List<Member> members() {
    return members;
  }

  void writeFields(SourceText text) {
    for (Member member : members) {
      text.line("private " + types.name(member.type()) + " " + member.identifier() + ";");
    }
    if (!members.isEmpty()) {
      text.blank();
    }
  }

  void writeAccessors(SourceText text) {
    for (Member member : members) {
      String identifier = member.identifier();
      String capitalized = JavaNames.capitalized(identifier);
      String type = types.name(member.type());
      writeDescription(text, member);
      text.open("public " + type + " " + member.getter() + "() {");
      text.line("return " + identifier + ";");
      text.close("}").blank();
      text.open("public void set" + capitalized + "(" + type + " " + identifier + ") {");
      text.line("this." + identifier + " = " + identifier + ";");
      text.close("}").blank();
      text.open(
          "public %s %s(%s %s) {"
              .formatted(name, fluent(identifier), types.parameter(member.type()), identifier));
      text.line("set" + capitalized + "(" + identifier + ");").line("return this;");
      text.close("}").blank();
    }
  }

  /** The setter that chains, which must not be that of another member: of {@code setName}. */
  private String fluent(String identifier) {
    boolean taken =
        members.stream()
            .anyMatch(
                other -> identifier.equals("set" + JavaNames.capitalized(other.identifier())));
    return taken ? identifier + "_" : JavaNames.method(identifier);
  }

  private static void writeDescription(SourceText text, Member member) {
    if (member.description() != null && !member.description().isBlank()) {
      writeComment(text, member.description());
    }
  }

  /** A comment of documentation. */
  static void writeComment(SourceText text, String comment) {
    text.line("/**");
    SourceText.comment(comment)
        .forEach(
            line ->
                text.line(
                    (" * " + line.replace("&", "&amp;").replace("<", "&lt;").replace("@", "&#64;"))
                        .stripTrailing()));
    text.line(" */");
  }
}
