package dev.skerry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleScanTest {
    @Test
    void everyFormOfImportAndExportFromIsFound() {
        assertThat(ModuleScan.of("""
                import "./a.js";
                import b from './b.js';
                import {c as d, "odd name" as e} from "./c.js";import * as f from"./f.js"
                import g, {h} from /* comment */ "./g.js" with {type: "json"};
                export * from "./i.js";
                export * as j from "./j.js";
                export {k, l as default} from "./k.js";
                export {m};
                const n = "./not.js";
                export default async () => (await import("./o.js")).x(await import(n));
                """).imports())
                .containsExactly(
                        "./a.js", "./b.js", "odd name", "./f.js", "./g.js", "./i.js", "./j.js", "./k.js", "./o.js");
    }

    @Test
    void whatOnlyLooksLikeAnImportIsPassedOver() {
        ModuleScan.Result scan = ModuleScan.of("""
                // import "./a.js"
                /* export * from "./b.js" */
                const s = "import './c.js'", t = `import "./d.js" ${`nested ${ {a: "}"}.a } import "./e.js"`} `;
                const r = /import ".\\/f.js" [/"]'/.test(s), q = 4 / 2 / 1;
                const o = {import: 1, export: 2, from: "./g.js"};
                o.import; o.export; class C { import() {} export() {} }
                """);
        assertThat(scan.imports()).isEmpty();
        assertThat(scan.module()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export default {}",
                "export{x}",
                "export async function f() {}",
                "import 'x'",
                "const u = import.meta.url",
                "'use strict'\nexport const a = 1",
                "if (1 / 2) {}\nexport default 1",
                "const a = b\n/c/g\nexport default 1",
                "const t = `${a}`\nexport default t"
            })
    void aModuleIsKnownAsOne(String text) {
        assertThat(ModuleScan.of(text).module()).isTrue();
    }

    @Test
    void aListenerIsKnownAndTextThatEndsAnywhereDoesNoHarm() {
        assertThat(ModuleScan.of("self.x = 1; addEventListener ('fetch', f)").listens())
                .isTrue();
        assertThat(ModuleScan.of("// addEventListener('fetch')").listens()).isFalse();
        String text =
                "import {a} from './a.js'; `${x}`; /re[/]/g; 'q\\'' /* c */; export {b} from \"./b.js\"; import('./c.js')";
        for (int end = 0; end <= text.length(); end++) {
            assertThat(ModuleScan.of(text.substring(0, end))).isNotNull();
        }
    }
}
