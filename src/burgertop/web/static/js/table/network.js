// The page of a table in a browser that is no device of it: who writes from home, or somebody of the staff who helps.
import { Unkept } from "./unkept.js";

const root = document.querySelector("[data-by-network]");
if (root) new Unkept(root).guard();
