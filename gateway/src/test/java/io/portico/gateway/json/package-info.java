/** JSON and YAML as they are read and written. */
@NullMarked
package io.portico.gateway.json;

import org.jspecify.annotations.NullMarked;
