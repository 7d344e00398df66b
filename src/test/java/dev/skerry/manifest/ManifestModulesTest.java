package dev.skerry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skerry.model.Code;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which modules an entry of the manifest has, and in which format. */
class ManifestModulesTest extends OpenFolder {
    @BeforeEach
    void write() {
        folder.write("auth.js", "export default {}");
    }

    @Test
    void modulesAreNamedByTheirCommonFolder() {
        folder.write(
                "app/main.js",
                "import {x} from './lib/x.js'; import text from \"../shared/t.txt\"; import 'cloudflare:workers'; export default {}");
        folder.write("app/lib/x.js", "export * from '../../shared/y.mjs'; export const x = 1;");
        folder.write("shared/y.mjs", "import data from './d.json'; export const y = data");
        folder.write("shared/t.txt", "text");
        folder.write("shared/d.json", "{}");
        folder.apply("services: {a: {main: app/main.js}}");
        Code code = folder.serving("a", "production").spec().code();
        assertThat(code.main()).isEqualTo("app/main.js");
        assertThat(code.modules().stream().map(Module::name))
                .containsExactlyInAnyOrder(
                        "app/main.js", "app/lib/x.js", "shared/y.mjs", "shared/t.txt", "shared/d.json");
    }

    @Test
    void theSourceMapThatAModuleNamesComesAlong() {
        folder.write("dist/index.js", "import './a.js'; export default {};\n//# sourceMappingURL=index.js.map\n");
        folder.write("dist/a.js", "1;\n//# sourceMappingURL=nowhere.js.map");
        folder.write("dist/index.js.map", "{}");
        folder.apply("services: {mapped: {main: dist/index.js}}");
        assertThat(folder.serving("mapped", "production").spec().code().modules())
                .extracting(Module::name, Module::type)
                .containsExactlyInAnyOrder(
                        tuple("index.js", ModuleType.ES_MODULE),
                        tuple("a.js", ModuleType.ES_MODULE),
                        tuple("index.js.map", ModuleType.SOURCE_MAP));
    }

    @Test
    void modulesMayBeAFolderOrGlobs() {
        folder.write("app/index.js", "export default {}");
        folder.write("app/lib/x.js", "export const x = 1;");
        folder.write("app/notes.md", "not a module");
        folder.write("app/node_modules/y/index.js", "no");
        folder.write("app/.hidden.js", "no");
        folder.apply("""
                services:
                  a: {modules: app}
                  b: {main: app/lib/x.js, modules: [app/index.js, "app/**/*.js"]}
                  c: {main: app/index.js, modules: [app/lib/x.js]}
                """);
        assertThat(folder.serving("a", "production").spec().code().modules().stream()
                        .map(Module::name))
                .containsExactly("index.js", "lib/x.js");
        assertThat(folder.serving("b", "production").spec().code().main()).isEqualTo("lib/x.js");
        assertThat(folder.serving("b", "production").spec().code().modules()).hasSize(2);
        assertThat(folder.serving("c", "production").spec().code().modules().stream()
                        .map(Module::name))
                .containsExactlyInAnyOrder("index.js", "lib/x.js");
    }

    @Test
    void theServiceWorkerFormatIsKnownByItsTextOrSaid() {
        folder.write("old.js", "addEventListener('fetch', e => e.respondWith(new Response('x')))");
        folder.apply("services: {a: {main: old.js}, b: {main: old.js, format: modules}, c: {main: auth.js}}");
        assertThat(folder.serving("a", "production").spec().code().format()).isEqualTo(Code.Format.SERVICE_WORKER);
        assertThat(folder.serving("b", "production").spec().code().format()).isEqualTo(Code.Format.MODULES);
        assertThat(folder.serving("c", "production").spec().code().format()).isEqualTo(Code.Format.MODULES);
    }
}
