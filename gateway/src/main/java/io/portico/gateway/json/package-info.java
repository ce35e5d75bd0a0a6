/** JSON and YAML as the rest of the gateway uses them: one mapper, limits set, no surprises. */
@NullMarked
package io.portico.gateway.json;

import org.jspecify.annotations.NullMarked;
