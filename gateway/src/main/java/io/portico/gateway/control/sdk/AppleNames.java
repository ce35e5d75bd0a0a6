package io.portico.gateway.control.sdk;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.sdk.contract.ClientContract;
import io.portico.gateway.control.sdk.contract.ClientMethod;
import io.portico.gateway.control.sdk.contract.ClientModel;
import io.portico.gateway.control.sdk.contract.FieldType;
import io.portico.gateway.control.sdk.contract.UniqueNames;
import io.portico.gateway.control.sdk.contract.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of an iOS SDK, in Swift and Objective-C: all types begin with the prefix.
 *
 * @param client the client's class
 * @param classes of the models, by their names
 * @param methods by their names
 */
record AppleNames(String client, Map<String, String> classes, Map<String, ClientMethod> methods) {

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,49}");

  /** Keywords of Swift, C and Objective-C, and what every object has. */
  private static final Set<String> TAKEN =
      Set.of(
          ("Any as associatedtype auto Class bool BOOL break case catch char class const continue copy"
                  + " debugDescription default defer deinit description do double else enum extension"
                  + " extern fallthrough false fileprivate float for func goto guard hash id if import"
                  + " in init inline inout int internal is isEqual isProxy let long new nil NO nonatomic"
                  + " open operator private protocol public register release repeat restrict retain"
                  + " rethrows return self Self short signed sizeof static strong struct subscript super"
                  + " superclass switch throw throws true try typealias typedef union unsigned var void"
                  + " volatile weak where while YES zone configuration apiKey")
              .split(" "));

  /** What owns its value, or is an initializer, by the name alone: automatic reference counting. */
  private static final Pattern FAMILY =
      Pattern.compile("(?:alloc|copy|init|mutableCopy|new)(?![a-z]).*");

  /**
   * @throws ServiceException if the prefix is no beginning of a type's name
   */
  static AppleNames of(ClientContract api, SdkParameters parameters) {
    String prefix = parameters.checked("classPrefix", "", PREFIX);
    UniqueNames types = new UniqueNames(Set.of());
    String client = types.take(prefix + Words.pascal(api.name()) + "Client");
    Map<String, String> classes = new LinkedHashMap<>();
    for (ClientModel model : api.models()) {
      classes.put(model.name(), types.take(prefix + model.name()));
    }
    Map<String, ClientMethod> methods = new LinkedHashMap<>();
    UniqueNames names = new UniqueNames(List.of());
    for (ClientMethod method : api.methods()) {
      methods.put(names.take(member(MethodNames.byPath(method))), method);
    }
    return new AppleNames(client, classes, methods);
  }

  /** An identifier: {@code X-Id} → {@code xId}, {@code description} → {@code _description}. */
  static String member(String name) {
    String identifier = name.matches("[A-Za-z][A-Za-z0-9_]{0,99}") ? name : Words.camel(name);
    if (FAMILY.matcher(identifier).matches()) {
      return "the" + JavaNames.capitalized(identifier);
    }
    // AWS: source: SDKs in public repositories.
    return TAKEN.contains(identifier) ? "_" + identifier : identifier;
  }

  /** The class of a model, or null where the type is none. */
  @Nullable String classOf(FieldType type) {
    return type instanceof FieldType.Modelled modelled
        ? classes.get(modelled.model().name())
        : null;
  }

  /** The class that an answer is read as: a model's, also that of a list's elements; or null. */
  @Nullable String answerClass(FieldType type) {
    return type instanceof FieldType.ListOf list ? classOf(list.element()) : classOf(type);
  }
}
