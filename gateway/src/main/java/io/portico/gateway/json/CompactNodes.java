package io.portico.gateway.json;

import java.util.ArrayList;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Nodes that take a third of the memory of Jackson's own: documents are mostly small objects, and
 * texts that they repeat. What lives while a document is imported is what calls wait for when
 * memory is collected.
 */
final class CompactNodes extends JsonNodeFactory {
  private static final long serialVersionUID = 1;
  private static final int FIRST_ELEMENTS = 2;

  private static final int SHARED = 1024;

  /** The latest short texts, as in {@link SharedTexts}. */
  private final transient StringNode[] shared = new StringNode[SHARED];

  @Override
  public ObjectNode objectNode() {
    return new ObjectNode(this, new SmallMap<>());
  }

  @Override
  public ArrayNode arrayNode() {
    return new ArrayNode(this, new ArrayList<>(FIRST_ELEMENTS));
  }

  @Override
  public StringNode stringNode(String text) {
    if (text.length() > SharedTexts.LONGEST) {
      return super.stringNode(text);
    }
    int place = SharedTexts.place(text, SHARED);
    StringNode known = shared[place];
    if (known != null && known.stringValue().equals(text)) {
      return known;
    }
    StringNode node = super.stringNode(text);
    shared[place] = node;
    return node;
  }
}
