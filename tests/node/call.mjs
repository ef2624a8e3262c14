// Calls a function of scripts that pages have, with each list of arguments on standard input.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const { scripts, name, arguments: lists } = JSON.parse(readFileSync(0, "utf8"));
const context = vm.createContext({});
for (const script of scripts) vm.runInContext(script, context);
const called = vm.runInContext(name, context);
process.stdout.write(JSON.stringify(lists.map((list) => called(...list))));
